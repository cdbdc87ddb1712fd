package org.interruptor.tools.scenario;

import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Prefixing;

/**
 * The net effect of deliveries on storage. A delivery stores only into the prefix area of its vCPU, so it is enough to keep a
 * copy of each area from the moment when it becomes the vCPU's, whatever the size of storage.
 */
final class StorageChanges {

    private static final HexFormat HEX = HexFormat.of();

    private final GuestMemory storage;
    /** The areas as they were, by their addresses. */
    private final SortedMap<Long, byte[]> before = new TreeMap<>();

    StorageChanges(GuestMemory storage) {
        this.storage = storage;
    }

    /** Watches no area any more. */
    void clear() {
        before.clear();
    }

    /** Watches a prefix area from now on, unless it is watched already or lies outside storage, where nothing is stored. */
    void watch(long prefix) {
        if (Prefixing.isValid(prefix, storage.size())) {
            before.computeIfAbsent(prefix, this::area);
        }
    }

    /** Watches what lies around an address, as far as there is storage. */
    void watchAround(long address) {
        long area = address & -Prefixing.AREA_LENGTH;
        if (storage.contains(area, 1)) {
            before.computeIfAbsent(area, this::area);
        }
    }

    private byte[] area(long address) {
        byte[] bytes = new byte[(int) Math.min(Prefixing.AREA_LENGTH, storage.size() - address)];
        storage.getBytes(address, bytes, 0, bytes.length);
        return bytes;
    }

    /** {@code ADDRESS:BYTES} for each maximal run of bytes that have another value now, ascending; {@code -} if none has. */
    @Override
    public String toString() {
        StringBuilder runs = new StringBuilder();
        long runEnd = -1;
        for (Map.Entry<Long, byte[]> area : before.entrySet()) {
            byte[] old = area.getValue();
            byte[] now = area(area.getKey());
            for (int i = 0; i < now.length; i++) {
                if (now[i] != old[i]) {
                    long address = area.getKey() + i;
                    if (address != runEnd) {
                        runs.append(runs.isEmpty() ? "" : " ")
                                .append(Long.toHexString(address))
                                .append(':');
                    }
                    HEX.toHexDigits(runs, now[i]);
                    runEnd = address + 1;
                }
            }
        }
        return runs.isEmpty() ? "-" : runs.toString();
    }
}
