package org.interruptor.tools.guest.sclp;

/**
 * What was typed on the console and the guest has not read yet.
 *
 * <p>Threads: any. A lock, which a reader holds while it copies and a writer while it waits for room.
 */
public final class ConsoleInput {
    private static final int CAPACITY = 1 << 16;

    private final byte[] ring = new byte[CAPACITY];
    private int first;
    private int count;
    private boolean isWanted;
    private boolean isAnnounced;
    private Runnable announce = () -> {};
    private Runnable wanted = () -> {};

    /** Nothing typed yet. */
    public ConsoleInput() {}

    /**
     * Who is told once, when the guest takes input for the first time.
     *
     * @param firstWanted is called on a CPU's thread; it must not block.
     */
    public synchronized void onWanted(Runnable firstWanted) {
        wanted = firstWanted;
    }

    /** Who tells the guest that there is something to read; on the thread that typed, or the guest's. */
    synchronized void onInput(Runnable tell) {
        announce = tell;
    }

    /**
     * Types; waits while there is no room.
     *
     * @param bytes what is typed.
     * @param offset of the first.
     * @param length how many.
     * @throws InterruptedException if the thread is interrupted while it waits.
     */
    public synchronized void type(byte[] bytes, int offset, int length) throws InterruptedException {
        for (int i = 0; i < length; i++) {
            while (count == CAPACITY) {
                wait();
            }
            ring[(first + count) % CAPACITY] = bytes[offset + i];
            count++;
            tell();
        }
    }

    private void tell() {
        if (isWanted && count > 0 && !isAnnounced) {
            isAnnounced = true;
            announce.run();
        }
    }

    /** The guest opens or closes its event mask for input. */
    synchronized void want(boolean want) {
        isWanted = want;
        if (want) {
            wanted.run();
            wanted = () -> {};
        }
        tell();
    }

    /**
     * The guest reads: as much as there is and fits. What is left is announced again.
     *
     * @param into gets it.
     * @return how many bytes, 0 or more.
     */
    public synchronized int read(byte[] into) {
        int length = Math.min(count, into.length);
        for (int i = 0; i < length; i++) {
            into[i] = ring[first];
            first = (first + 1) % CAPACITY;
        }
        count -= length;
        isAnnounced = false;
        notifyAll();
        tell();
        return length;
    }
}
