package org.interruptor.tools.guest.channel;

/**
 * The path-management-control word of a subchannel: words 0 to 6 of the subchannel-information block.
 *
 * <pre>
 *   word 0  interruption parameter
 *   word 1  00 | subclass, 3 | 000 | E, limit mode 2, measurement mode 2, D, T, V | device number, 16
 *   word 2  logical-path mask | path not operational | last path used | path installed
 *   word 3  measurement-block index, 16 | path operational | path available
 *   word 4  channel-path identifications, 8 bytes in words 4 and 5
 *   word 6  zeros | F, X, S: measurement-block format, extended measurement word, concurrent sense
 * </pre>
 *
 * <p>Each device is on one path, the first. Source: Principles of Operation, chapter Basic I/O Functions.
 *
 * <p>Threads: under the lock of its subchannel.
 */
final class Pmcw {
    static final int WORDS = 7;

    /** The one path, in a mask. */
    static final int PATH = 0x80;

    /** Channel-path identification of that path. */
    static final int CHANNEL_PATH = 0;

    private static final int SUBCLASS = 0x3800_0000;
    private static final int ENABLED = 0x0080_0000;
    private static final int LIMIT_MODE = 0x0060_0000;
    private static final int LIMIT_MODE_SHIFT = 21;
    private static final int MEASUREMENT_MODE = 0x0018_0000;
    private static final int MEASUREMENT_BLOCK_UPDATE = 0x0010_0000;
    private static final int MULTIPATH_MODE = 0x0004_0000;
    private static final int DEVICE_NUMBER_VALID = 0x0001_0000;
    private static final int MUST_BE_ZERO_1 = 0xc700_0000;

    private static final int LOGICAL_PATHS = 0xff00_0000;
    private static final int NOT_OPERATIONAL = 0x00ff_0000;
    private static final int LAST_PATH_USED = 0x0000_ff00;
    private static final int LAST_PATH_SHIFT = 8;
    private static final int LOGICAL_PATHS_SHIFT = 24;

    private static final int MEASUREMENT_INDEX = 0xffff_0000;
    private static final int OPERATIONAL_PATHS = 0x0000_ff00;

    private static final int FORMAT_1_MEASUREMENT = 0x0000_0004;
    private static final int CONCURRENT_SENSE = 0x0000_0001;

    private static final int[] MODIFIABLE = {
        -1,
        SUBCLASS | ENABLED | LIMIT_MODE | MEASUREMENT_MODE | MULTIPATH_MODE,
        LOGICAL_PATHS,
        MEASUREMENT_INDEX | OPERATIONAL_PATHS,
        0,
        0,
        FORMAT_1_MEASUREMENT | CONCURRENT_SENSE
    };

    private final int[] words = new int[WORDS];
    private final int[] initial;

    Pmcw(int deviceNumber) {
        words[1] = DEVICE_NUMBER_VALID | deviceNumber;
        words[2] = PATH << LOGICAL_PATHS_SHIFT | PATH;
        words[3] = OPERATIONAL_PATHS | PATH;
        words[4] = CHANNEL_PATH << 24;
        initial = words.clone();
    }

    /** Whether MODIFY SUBCHANNEL may load it; else it is an operand exception. */
    static boolean isValid(int[] schib) {
        return (schib[1] & MUST_BE_ZERO_1) == 0
                && (schib[1] & LIMIT_MODE) != LIMIT_MODE
                && (schib[6] & ~(FORMAT_1_MEASUREMENT | CONCURRENT_SENSE)) == 0;
    }

    /** As subsystem reset leaves it. */
    void reset() {
        System.arraycopy(initial, 0, words, 0, WORDS);
    }

    void modify(int[] schib) {
        for (int i = 0; i < WORDS; i++) {
            words[i] = (words[i] & ~MODIFIABLE[i]) | (schib[i] & MODIFIABLE[i]);
        }
    }

    void copyTo(int[] schib) {
        System.arraycopy(words, 0, schib, 0, WORDS);
    }

    int parameter() {
        return words[0];
    }

    int subclassBits() {
        return words[1] & SUBCLASS;
    }

    boolean isEnabled() {
        return (words[1] & ENABLED) != 0;
    }

    boolean isConcurrentSense() {
        return (words[6] & CONCURRENT_SENSE) != 0;
    }

    boolean isMeasured() {
        return (words[1] & MEASUREMENT_BLOCK_UPDATE) != 0;
    }

    boolean isFormat1Measured() {
        return (words[6] & FORMAT_1_MEASUREMENT) != 0;
    }

    int measurementIndex() {
        return words[3] >>> 16;
    }

    /** 0: not checked; 1: addresses below the limit are refused; 2: those at the limit and above. */
    int limitMode() {
        return (words[1] & LIMIT_MODE) >>> LIMIT_MODE_SHIFT;
    }

    /** START SUBCHANNEL puts parameter and path mask of its operand here. */
    void started(Orb orb) {
        words[0] = orb.parameter();
        words[2] = (words[2] & ~LOGICAL_PATHS) | orb.pathMask() << LOGICAL_PATHS_SHIFT;
    }

    void pathUsed() {
        words[2] = (words[2] & ~(LAST_PATH_USED | NOT_OPERATIONAL)) | PATH << LAST_PATH_SHIFT;
    }

    /** The last path used, where word 0 of an extended-status word has it. */
    int lastPathUsed() {
        return (words[2] & LAST_PATH_USED) << 8;
    }
}
