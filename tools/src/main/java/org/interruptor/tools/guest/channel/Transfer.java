package org.interruptor.tools.guest.channel;

/**
 * The data of one command, in the order in which the channel program provides for them: over chained data and indirect-data
 * addresses.
 *
 * <pre>
 *   CCW --- count bytes at an address                     IDA: --- a list of addresses, each but the first one at a multiple
 *    | chain data                                                  of 2 or 4 KiB, to the end of that block
 *   CCW --- ...
 * </pre>
 *
 * <p>What is not in storage, or is an invalid address word, ends the transfer; the subchannel sees it as a program check.
 *
 * <p>Threads: the device's. Source: Principles of Operation, chapter Basic I/O Functions.
 */
public final class Transfer {
    private static final int BLOCK_OF_2_KIB = 2048;
    private static final int BLOCK_OF_4_KIB = 4096;
    private static final int BELOW_IS_REFUSED = 1;
    private static final int ABOVE_IS_REFUSED = 2;

    private final DeviceStorage storage;
    private final ProgramCursor cursor;
    private final boolean isWideIda;
    private final int blockLength;
    private final int limitMode;
    private final long limit;

    private Ccw first;
    private Ccw ccw;
    private int remaining;
    private long at;
    private int leftInBlock;
    private long listAddress;
    private boolean isFirstInList;
    private boolean isAnythingMoved;
    private boolean isFailed;
    private boolean isCut;

    /** {@code limitMode} as in the subchannel, 0 for an ORB that asks for no check; {@code limit} as SET ADDRESS LIMIT set it. */
    Transfer(DeviceStorage storage, ProgramCursor cursor, Orb orb, int limitMode, long limit) {
        this.storage = storage;
        this.cursor = cursor;
        this.limitMode = limitMode;
        this.limit = limit;
        isWideIda = orb.has(Orb.FORMAT_2_IDAWS);
        blockLength = isWideIda && !orb.has(Orb.IDAWS_OF_2_KIB) ? BLOCK_OF_4_KIB : BLOCK_OF_2_KIB;
    }

    void begin(Ccw command) {
        first = command;
        isAnythingMoved = false;
        isCut = false;
        at(command);
    }

    private void at(Ccw segment) {
        ccw = segment;
        remaining = segment.count();
        at = segment.dataAddress();
        listAddress = segment.dataAddress();
        leftInBlock = 0;
        isFirstInList = true;
    }

    /** Goes back to the first byte. */
    public void rewind() {
        if (!isFailed) {
            cursor.backBehind(first);
            at(first);
        }
    }

    /**
     * Fetches bytes from storage: what a write or control command brings.
     *
     * @param to gets them, from its beginning.
     * @param length how many the device wants.
     * @return how many there were.
     */
    public int fetch(byte[] to, int length) {
        int done = 0;
        while (done < length) {
            int chunk = chunk(length - done);
            if (chunk == 0) {
                break;
            }
            storage.load(at, to, done, chunk);
            moved(chunk);
            done += chunk;
        }
        return done;
    }

    /**
     * Stores bytes: what a read command gets. A program that provides for fewer gets an incorrect length.
     *
     * @param from the bytes, from its beginning.
     * @param length how many the device has.
     * @return how many there was place for.
     */
    public int store(byte[] from, int length) {
        int done = storeAvailable(from, length);
        isCut |= done < length;
        return done;
    }

    /**
     * Stores bytes, as many as the program wants.
     *
     * @param from the bytes, from its beginning.
     * @param length how many the device has.
     * @return how many there was place for.
     */
    public int storeAvailable(byte[] from, int length) {
        int done = 0;
        while (done < length) {
            int chunk = chunk(length - done);
            if (chunk == 0) {
                break;
            }
            if (!ccw.isSkipped()) {
                storage.store(at, from, done, chunk);
            }
            moved(chunk);
            done += chunk;
        }
        return done;
    }

    /** How many bytes can be moved at {@code at}; 0 if there are no more, or for a program check. */
    private int chunk(int wanted) {
        if (isFailed) {
            return 0;
        }
        while (remaining == 0) {
            if (!ccw.isDataChained()) {
                return 0;
            }
            Ccw following = cursor.next(true);
            if (following == null) {
                return fail();
            }
            at(following);
        }
        int chunk = Math.min(wanted, remaining);
        if (ccw.isIndirect()) {
            if (leftInBlock == 0 && !nextBlock()) {
                return fail();
            }
            chunk = Math.min(chunk, leftInBlock);
        }
        return storage.contains(at, chunk) && isWithinLimit(chunk) ? chunk : fail();
    }

    private int fail() {
        isFailed = true;
        return 0;
    }

    private boolean isWithinLimit(int length) {
        return switch (limitMode) {
            case BELOW_IS_REFUSED -> at >= limit;
            case ABOVE_IS_REFUSED -> at + length <= limit;
            default -> true;
        };
    }

    private boolean nextBlock() {
        int wordLength = isWideIda ? Long.BYTES : Integer.BYTES;
        if ((listAddress & (wordLength - 1)) != 0 || !storage.contains(listAddress, wordLength)) {
            return false;
        }
        at = isWideIda ? storage.load64(listAddress) : storage.load32(listAddress);
        listAddress += wordLength;
        int inBlock = (int) at & (blockLength - 1);
        if (at < 0 || (inBlock != 0 && !isFirstInList)) {
            return false;
        }
        isFirstInList = false;
        leftInBlock = blockLength - inBlock;
        return true;
    }

    private void moved(int length) {
        isAnythingMoved = true;
        at += length;
        remaining -= length;
        if (ccw.isIndirect()) {
            leftInBlock -= length;
        }
    }

    /** Whether there was a program check. */
    boolean isFailed() {
        return isFailed;
    }

    /** The CCW that the transfer has arrived at. */
    Ccw ccw() {
        return ccw;
    }

    /** The residual count of that CCW. */
    int remaining() {
        return remaining;
    }

    /** Whether the device transferred another number of bytes than the program provides for. */
    boolean isLengthIncorrect() {
        return isCut || remaining != 0 || ccw.isDataChained();
    }

    /** Whether no data were transferred at all. */
    boolean isUntouched() {
        return !isAnythingMoved;
    }
}
