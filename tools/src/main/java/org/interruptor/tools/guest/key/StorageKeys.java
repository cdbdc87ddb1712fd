package org.interruptor.tools.guest.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.interruptor.memory.GuestMemory;

/**
 * The storage keys of a machine, all zero at first.
 *
 * <p>Threads: any. Each change of a key is one atomic operation (volatile), so a bit that one CPU sets is not lost to another
 * that sets a different one.
 */
public final class StorageKeys {
    /** F: fetch protection. */
    public static final int FETCH_PROTECTION = 0x08;

    /** R: the page was fetched from or stored into. */
    public static final int REFERENCED = 0x04;

    /** C: the page was stored into. */
    public static final int CHANGED = 0x02;

    /** ACC: what an access key must be equal to. */
    public static final int ACCESS_CONTROL = 0xf0;

    /** All of a key. */
    public static final int ALL = ACCESS_CONTROL | FETCH_PROTECTION | REFERENCED | CHANGED;

    private static final VarHandle KEY = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final int PAGE_SHIFT = 12;

    private final byte[] keys;

    /**
     * A key for each page.
     *
     * @param memory the storage, at most 8 TiB.
     */
    public StorageKeys(GuestMemory memory) {
        keys = new byte[Math.toIntExact(memory.size() >>> PAGE_SHIFT)];
    }

    private static int page(long absolute) {
        return (int) (absolute >>> PAGE_SHIFT);
    }

    /**
     * A page's key.
     *
     * @param absolute an absolute address inside storage.
     * @return 8 bits, the last of them zero.
     */
    public int key(long absolute) {
        return (byte) KEY.getVolatile(keys, page(absolute)) & 0xff;
    }

    /**
     * Replaces some bits of a page's key.
     *
     * @param absolute an absolute address inside storage.
     * @param mask which bits are replaced.
     * @param value their new values, in place.
     * @return the old key.
     */
    public int replace(long absolute, int mask, int value) {
        int page = page(absolute);
        while (true) {
            byte old = (byte) KEY.getVolatile(keys, page);
            byte updated = (byte) ((old & ~mask) | (value & mask & ALL));
            if (KEY.compareAndSet(keys, page, old, updated)) {
                return old & 0xff;
            }
        }
    }

    /** All keys become zero. Threads: one, while no CPU and no device uses the storage. */
    public void clear() {
        Arrays.fill(keys, (byte) 0);
    }

    /**
     * Notes that a page is used.
     *
     * @param absolute an absolute address inside storage.
     * @param isStore whether it is stored into.
     */
    public void use(long absolute, boolean isStore) {
        int bits = isStore ? REFERENCED | CHANGED : REFERENCED;
        if ((key(absolute) & bits) != bits) {
            KEY.getAndBitwiseOr(keys, page(absolute), (byte) bits);
        }
    }

    /**
     * Whether key-controlled protection permits an access.
     *
     * @param storageKey the page's.
     * @param accessKey 0 to 15.
     * @param isStore whether it is a store.
     * @param isOverridden whether storage-protection override is on: all may access pages with access-control bits 9.
     * @return whether it is permitted; a fetch that is not may still be by fetch-protection override.
     */
    public static boolean isPermitted(int storageKey, int accessKey, boolean isStore, boolean isOverridden) {
        int accessControl = storageKey >>> 4;
        return accessKey == 0
                || accessKey == accessControl
                || (!isStore && (storageKey & FETCH_PROTECTION) == 0)
                || (isOverridden && accessControl == 9);
    }
}
