package org.interruptor.tools.guest.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Locks that make updates of 16 bytes interlocked, which the host cannot do by one instruction: COMPARE DOUBLE AND SWAP of
 * 64-bit pairs, COMPARE AND SWAP AND STORE, LOAD PAIR and STORE PAIR, PERFORM LOCKED OPERATION.
 *
 * <p>There is a lock for each quadword of a page: operands in the same quadword have the same lock, also under another virtual
 * address. Once a guest has used a wide update, its interlocked updates of 4 and 8 bytes take the lock too; before, they take
 * none. Plain stores take none at any time: a wide update sees that one changed its operand, by a compare-and-exchange of each
 * half, and then undoes its first half, which another CPU may have seen meanwhile.
 *
 * <p>Threads: any. A holder does not block, but takes an exception at most, and always unlocks. Ordering: {@link #lock} acquires
 * what {@link #unlock} of the holder before has released.
 */
public final class WideLocks {
    private static final VarHandle LOCK = MethodHandles.arrayElementVarHandle(int[].class);

    /** Quadwords of a page. */
    private static final int LOCKS = 256;

    /** Distance of two locks in words: they do not share a cache line. */
    private static final int STRIDE = 32;

    private static final int SPINS_BEFORE_YIELD = 200;

    private final int[] locks = new int[(LOCKS + 1) * STRIDE];
    private volatile boolean used;

    /** All of them free, and no wide update yet. */
    public WideLocks() {}

    /**
     * Whether there has been a wide update: then narrower interlocked updates take the lock.
     *
     * @return true from the first one on.
     */
    public boolean isUsed() {
        return used;
    }

    /** Says that there is a wide update. */
    public void use() {
        if (!used) {
            used = true;
        }
    }

    /**
     * Takes the lock of a quadword.
     *
     * @param address of an operand in it.
     * @return what {@link #unlock} takes.
     */
    // The holder's thread may have lost its processor: to yield gives it back.
    @SuppressWarnings("ThreadPriorityCheck")
    public int lock(long address) {
        int index = ((int) (address >>> 4) & (LOCKS - 1)) * STRIDE + STRIDE;
        int spins = 0;
        while (!LOCK.weakCompareAndSetAcquire(locks, index, 0, 1)) {
            if (++spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return index;
    }

    /**
     * Frees a lock.
     *
     * @param lock what {@link #lock} has returned.
     */
    public void unlock(int lock) {
        LOCK.setRelease(locks, lock, 0);
    }
}
