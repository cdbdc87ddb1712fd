package org.interruptor.tools.guest.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.tools.guest.channel.ChannelFixture.DATA;
import static org.interruptor.tools.guest.channel.ChannelFixture.FORMAT_0;
import static org.interruptor.tools.guest.channel.ChannelFixture.FORMAT_1;
import static org.interruptor.tools.guest.channel.ChannelFixture.PROGRAM;
import static org.interruptor.tools.guest.channel.ChannelFixture.SIZE;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channel programs and the status that they end with, worked out by hand from the Principles of Operation. */
@Timeout(60)
class ChannelProgramTest {
    private static final int CHAIN_DATA = 0x80;
    private static final int CHAIN_COMMAND = 0x40;
    private static final int SUPPRESS_LENGTH = 0x20;
    private static final int SKIP = 0x10;
    private static final int PROGRAM_CONTROLLED = 0x08;
    private static final int INDIRECT = 0x04;
    private static final int SUSPEND = 0x02;

    private static final int NO_OPERATION = 0x03;
    private static final int SENSE = 0x04;
    private static final int TRANSFER_IN_CHANNEL = 0x08;

    // Word 2 of the status: channel end and device end, and what else.
    private static final int ENDED = 0x0c00_0000;
    private static final int UNIT_CHECKED = 0x0e00_0000;
    private static final int INCORRECT_LENGTH = 0x0c40_0000;
    private static final int PROGRAM_CHECK = 0x0020_0000;
    private static final int CHECK_IN_DATA = 0x0c20_0000;

    // Status bits of word 0.
    private static final int NORMAL = 0x4007;
    private static final int WITH_ALERT = 0x4017;

    private static final int PRIMARY = 0x04;

    private static final int RANDOM_PROGRAMS = 5_000;

    private final ChannelFixture fixture = new ChannelFixture();
    private final EchoDevice device = new EchoDevice();
    private final Subchannel subchannel = fixture.channels().add(0x1234, device);

    @BeforeEach
    void enable() {
        ChannelFixture.enable(subchannel, 0, 0);
        fixture.put(DATA, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    }

    @AfterEach
    void close() {
        device.release();
        fixture.close();
    }

    private void expect(int[] irb, int statusBits, int behindCcw, int word2) {
        assertThat(irb[0] & 0xffff).as("function, activity, status").isEqualTo(statusBits);
        assertThat(irb[1]).as("CCW address").isEqualTo(PROGRAM + 8 * behindCcw);
        assertThat(String.format("%08x", irb[2])).as("statuses, count").isEqualTo(String.format("%08x", word2));
    }

    @Test
    void senseIdTellsControlUnitTypeAndModel() {
        fixture.ccw(0, 0xe4, SUPPRESS_LENGTH, 64, DATA);
        expect(fixture.run(subchannel, FORMAT_1), NORMAL, 1, ENDED | 57);
        assertThat(fixture.bytes(DATA, 8)).containsExactly(0xff, 0x12, 0x34, 0x56, 0, 0, 0, 8);
    }

    @ParameterizedTest
    @CsvSource({
        "0x02, 0x00, 4, 0x0c000000", // as many as the device has
        "0x02, 0x00, 5, 0x0c400001", // fewer, and that is indicated
        "0x02, 0x20, 5, 0x0c000001",
        "0x02, 0x00, 3, 0x0c000000", // the device gives as many as are wanted
        "0x0a, 0x00, 3, 0x0c400000", // the device has more
        "0x0a, 0x20, 3, 0x0c000000",
        "0x02, 0x30, 5, 0x0c000001", // skipped
    })
    void lengthsAreCompared(int command, int flags, int count, int word2) {
        expect(fixture.run(subchannel, EchoDevice.TAKE, 4, DATA), NORMAL, 1, ENDED);
        fixture.ccw(0, command, flags, count, DATA + 0x100);
        boolean isAlert = (word2 & 0x0040_0000) != 0;
        expect(fixture.run(subchannel, FORMAT_1), isAlert ? WITH_ALERT : NORMAL, 1, word2);
        int stored = (flags & SKIP) != 0 ? 0 : Math.min(count, 4);
        for (int i = 0; i < 6; i++) {
            assertThat(fixture.memory().getByte(DATA + 0x100 + i)).isEqualTo((byte) (i < stored ? i + 1 : 0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x00808000, 0, 0, 0x0c000000",
        "0x00808000, 0, 1, 0x0c400001", // format 1: an immediate command with a count
        "0x00808000, 0x20, 1, 0x0c000001",
        "0x00808080, 0, 1, 0x0c000001", // not in the suppression mode
    })
    void immediateCommandsOfFormat1(int orb, int flags, int count, int word2) {
        fixture.ccw(0, EchoDevice.CONTROL, flags, count, DATA);
        boolean isAlert = (word2 & 0x0040_0000) != 0;
        expect(fixture.run(subchannel, orb), isAlert ? WITH_ALERT : NORMAL, 1, word2);
    }

    @Test
    void format0() {
        fixture.ccw0(0, NO_OPERATION, CHAIN_COMMAND, 1, DATA);
        fixture.ccw0(1, 0xf8, 0xff, 0xffff, PROGRAM + 8 * 3); // only 4 bits of a transfer in channel count
        fixture.ccw0(3, EchoDevice.TAKE, 0, 3, DATA);
        expect(fixture.run(subchannel, FORMAT_0), NORMAL, 4, ENDED);
        assertThat(device.held()).isEqualTo(3);
        fixture.ccw0(0, NO_OPERATION, 0, 1, 0);
        expect(fixture.run(subchannel, FORMAT_0), NORMAL, 1, ENDED | 1); // no incorrect length
        fixture.ccw0(0, NO_OPERATION, SUPPRESS_LENGTH, 0, 0);
        expect(fixture.run(subchannel, FORMAT_0), WITH_ALERT, 1, PROGRAM_CHECK);
    }

    @Test
    void commandsAreChainedUntilOneFails() {
        fixture.ccw(0, EchoDevice.TAKE, CHAIN_COMMAND, 8, DATA);
        fixture.ccw(1, TRANSFER_IN_CHANNEL, 0, 0, PROGRAM + 8 * 4);
        fixture.ccw(4, EchoDevice.GIVE, CHAIN_COMMAND | SUPPRESS_LENGTH, 8, DATA + 0x100);
        fixture.ccw(5, 0x55, CHAIN_COMMAND, 0, 0);
        fixture.ccw(6, EchoDevice.TAKE, 0, 1, DATA);
        expect(fixture.run(subchannel, FORMAT_1), WITH_ALERT, 6, UNIT_CHECKED);
        assertThat(fixture.bytes(DATA + 0x100, 9)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 0);
        assertThat(device.held()).isEqualTo(8);
    }

    @Test
    void dataAreChained() {
        fixture.ccw(0, EchoDevice.TAKE, CHAIN_DATA, 3, DATA);
        fixture.ccw(1, TRANSFER_IN_CHANNEL, 0, 0, PROGRAM + 8 * 3);
        fixture.ccw(3, 0x00, CHAIN_DATA, 2, DATA + 8); // its command code does not count
        fixture.ccw(4, 0xff, CHAIN_COMMAND, 1, DATA + 15);
        fixture.ccw(5, EchoDevice.GIVE_ALL, 0, 6, DATA + 0x100);
        expect(fixture.run(subchannel, FORMAT_1), NORMAL, 6, ENDED);
        assertThat(fixture.bytes(DATA + 0x100, 7)).containsExactly(1, 2, 3, 9, 10, 16, 0);
    }

    @Test
    void aDeviceThatEndsBeforeTheChainedDataIsAnIncorrectLengthWhateverTheFlag() {
        expect(fixture.run(subchannel, EchoDevice.TAKE, 2, DATA), NORMAL, 1, ENDED);
        fixture.ccw(0, EchoDevice.GIVE, CHAIN_DATA | SUPPRESS_LENGTH, 4, DATA);
        fixture.ccw(1, 0, SUPPRESS_LENGTH, 4, DATA);
        expect(fixture.run(subchannel, FORMAT_1), WITH_ALERT, 1, INCORRECT_LENGTH | 2);
    }

    @Test
    void indirectDataOfFormat1ComesFromBlocksOf2KiB() {
        int list = 0x3004;
        fixture.memory().putInt(list, DATA + 0x7fe);
        fixture.memory().putInt(list + 4, DATA + 0x1000);
        fixture.put(DATA + 0x7fe, (byte) 21, (byte) 22);
        fixture.put(DATA + 0x1000, (byte) 23);
        fixture.ccw(0, EchoDevice.TAKE, INDIRECT | CHAIN_COMMAND, 3, list);
        fixture.ccw(1, EchoDevice.GIVE, 0, 3, DATA);
        expect(fixture.run(subchannel, FORMAT_1), NORMAL, 2, ENDED);
        assertThat(fixture.bytes(DATA, 4)).containsExactly(21, 22, 23, 4);
    }

    @ParameterizedTest
    @CsvSource({"0x00828000, 0xffe", "0x00838000, 0x7fe"})
    void indirectDataOfFormat2ComesFromBlocksOf4Or2KiB(int orb, int inBlock) {
        int list = 0x3008;
        fixture.memory().putLong(list, DATA + inBlock);
        fixture.memory().putLong(list + 8, DATA + 0x2000);
        expect(fixture.run(subchannel, EchoDevice.TAKE, 4, DATA), NORMAL, 1, ENDED);
        fixture.ccw(0, EchoDevice.GIVE, INDIRECT, 4, list);
        expect(fixture.run(subchannel, orb), NORMAL, 1, ENDED);
        assertThat(fixture.bytes(DATA + inBlock, 3)).containsExactly(1, 2, 0);
        assertThat(fixture.bytes(DATA + 0x2000, 3)).containsExactly(3, 4, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0x01, 0x04, 4, 0x3002, 0, 0", // a list that is not aligned
        "0x01, 0x04, 4, 0x100000, 0, 0", // and one outside storage
        "0x01, 0x04, 4, 0x3000, 0x80004000, 0",
        "0x01, 0x04, 4, 0x3000, 0x000ffffe, 0x100000",
        "0x01, 0x04, 4, 0x3000, 0x47fe, 0x4804", // the second one inside a block
        "0x01, 0x00, 4, 0xffffe, 0, 0", // data that leave storage
        "0x02, 0x00, 4, 0x7ffffffe, 0, 0",
        "0x02, 0x10, 4, 0xffffe, 0, 0", // also where they are skipped
    })
    void dataOutsideStorageAreAProgramCheck(int command, int flags, int count, int data, long first, int second) {
        expect(fixture.run(subchannel, EchoDevice.TAKE, 4, DATA), NORMAL, 1, ENDED);
        fixture.memory().putInt(0x3000, (int) first);
        fixture.memory().putInt(0x3004, second);
        fixture.ccw(0, command, flags, count, data);
        int[] irb = fixture.run(subchannel, FORMAT_1);
        expect(irb, WITH_ALERT, 1, CHECK_IN_DATA | (irb[2] & 0xffff));
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, 0x00, 1, 0x4000", // command codes that are none
        "0xf0, 0x00, 1, 0x4000",
        "0x18, 0x00, 1, 0x4000",
        "0x08, 0x00, 0, 0x2008", // a transfer that is the first
        "0x03, 0x01, 1, 0x4000", // modified indirect addressing
        "0x03, 0x02, 1, 0x4000", // suspension that the ORB does not allow
        "0x03, 0x00, 1, 0x80004000", // bit 0 of an address
        "0x03, 0x80, 0, 0x4000", // chained data with a count of 0
    })
    void aCcwThatIsNoneIsAProgramCheck(int command, int flags, int count, long data) {
        fixture.ccw(0, command, flags, count, (int) data);
        expect(fixture.run(subchannel, FORMAT_1), WITH_ALERT, 1, PROGRAM_CHECK);
    }

    @ParameterizedTest
    @CsvSource({
        "0x08, 0x00, 0, 0x2008", // to itself
        "0x08, 0x20, 0, 0x2010", // flags
        "0x08, 0x00, 1, 0x2010", // a count
        "0x08, 0x00, 0, 0x2014", // not on a doubleword
        "0x08, 0x00, 0, 0x100000", // outside storage
        "0x08, 0x00, 0, 0x80002010",
    })
    void aTransferThatIsNoneIsAProgramCheck(int command, int flags, int count, long target) {
        fixture.ccw(0, NO_OPERATION, CHAIN_COMMAND, 0, 0);
        fixture.ccw(1, command, flags, count, (int) target);
        int[] irb = fixture.run(subchannel, FORMAT_1);
        assertThat(irb[0] & 0xffff).isEqualTo(WITH_ALERT);
        assertThat(irb[2]).isEqualTo(PROGRAM_CHECK);
    }

    @Test
    void aProgramOutsideStorageIsAProgramCheckEightBehindIt() {
        assertThat(subchannel.start(new Orb(0, FORMAT_1, 0x7fff_fff8))).isZero();
        assertThat(fixture.awaitStatus(subchannel)[1]).isEqualTo(0x8000_0000);
        assertThat(subchannel.start(new Orb(0, FORMAT_0, 0x0100_0000))).isZero();
        assertThat(fixture.awaitStatus(subchannel)[2]).isEqualTo(PROGRAM_CHECK);
    }

    @Test
    void aLoopEndsWithAProgramCheck() {
        fixture.ccw(0, NO_OPERATION, CHAIN_COMMAND, 0, 0);
        fixture.ccw(1, TRANSFER_IN_CHANNEL, 0, 0, PROGRAM);
        int[] irb = fixture.run(subchannel, FORMAT_1);
        assertThat(irb[0] & 0xffff).isEqualTo(WITH_ALERT);
        assertThat(irb[2]).isEqualTo(PROGRAM_CHECK);
    }

    @Test
    void aLoopOfChainedDataEndsToo() {
        fixture.ccw(0, EchoDevice.TAKE, CHAIN_DATA, 1, DATA);
        fixture.ccw(1, TRANSFER_IN_CHANNEL, 0, 0, PROGRAM);
        int[] irb = fixture.run(subchannel, FORMAT_1);
        assertThat(irb[2] & 0xffff_0000).as("the device had enough").isEqualTo(INCORRECT_LENGTH);
    }

    @Test
    void senseTellsWhyAndOnlyOnce() {
        expect(fixture.run(subchannel, 0x55, 0, 0), WITH_ALERT, 1, UNIT_CHECKED);
        fixture.run(subchannel, SENSE, 32, DATA);
        assertThat(fixture.memory().getByte(DATA)).isEqualTo((byte) 0x80);
        fixture.run(subchannel, SENSE, 32, DATA);
        assertThat(fixture.memory().getByte(DATA)).isZero();
    }

    @Test
    void concurrentSenseComesWithTheStatus() {
        ChannelFixture.enable(subchannel, 0, 1);
        int[] irb = fixture.run(subchannel, 0x55, 0, 0);
        assertThat(irb[0]).isEqualTo(0x0082_4017);
        assertThat(irb[3]).as("last path used").isEqualTo(0x0080_0000);
        assertThat(irb[4]).as("concurrent sense of 32 bytes").isEqualTo(0x0100_2000);
        assertThat(irb[8]).as("command reject").isEqualTo(0x8000_0000);
        fixture.run(subchannel, SENSE, 32, DATA);
        assertThat(fixture.memory().getByte(DATA)).isZero();
    }

    @Test
    void aProgramIsSuspendedAndResumed() {
        int mayBeSuspended = FORMAT_1 | 0x0800_0000;
        fixture.ccw(0, NO_OPERATION, CHAIN_COMMAND, 0, 0);
        fixture.ccw(1, EchoDevice.TAKE, SUSPEND, 5, DATA);
        int[] irb = fixture.run(subchannel, mayBeSuspended);
        expect(irb, 0x4029, 2, 0);
        assertThat(subchannel.resume()).as("again suspended").isZero();
        expect(fixture.awaitStatus(subchannel), 0x4029, 2, 0);
        assertThat(subchannel.start(new Orb(0, mayBeSuspended, PROGRAM))).isEqualTo(2);
        fixture.ccw(1, EchoDevice.TAKE, 0, 5, DATA);
        assertThat(subchannel.resume()).isZero();
        expect(fixture.awaitStatus(subchannel), NORMAL, 2, ENDED);
        assertThat(device.held()).isEqualTo(5);
    }

    @Test
    void aSuspensionCanBeWithoutInterruption() {
        fixture.ccw(0, NO_OPERATION, SUSPEND, 0, 0);
        assertThat(subchannel.start(new Orb(0, FORMAT_1 | 0x0808_0000, PROGRAM)))
                .isZero();
        fixture.await("suspended", () -> (subchannel.store()[7] & 0xfff) == 0x020);
        assertThat(fixture.takeInterruption()).isNull();
        assertThat(subchannel.halt()).isZero();
        expect(fixture.awaitStatus(subchannel), 0x6005, 1, 0);
    }

    @Test
    void programControlledInterruption() throws Exception {
        fixture.ccw(0, EchoDevice.WAIT, PROGRAM_CONTROLLED, 0, 0);
        assertThat(subchannel.start(new Orb(0, FORMAT_1, PROGRAM))).isZero();
        device.awaitArrival();
        int[] irb = fixture.awaitStatus(subchannel);
        assertThat(irb[0] & 0xffff).isEqualTo(0x40c9);
        assertThat(irb[2]).isEqualTo(0x0080_0000);
        device.release();
        expect(fixture.awaitStatus(subchannel), NORMAL, 1, ENDED);
    }

    @ParameterizedTest
    @CsvSource({
        "0x00000000, 0x8000, 0x0c000000",
        "0x00200000, 0x8000, 0x0c200004", // below the limit
        "0x00200000, 0x10000, 0x0c000000",
        "0x00400000, 0x10000, 0x0c200004", // at the limit
        "0x00400000, 0xfffc, 0x0c000000",
    })
    void theAddressLimitIsChecked(int mode, int address, int word2) {
        assertThat(fixture.channels().limit(0x10000)).isTrue();
        ChannelFixture.enable(subchannel, mode, 0);
        fixture.ccw(0, EchoDevice.TAKE, 0, 4, address);
        assertThat(fixture.run(subchannel, FORMAT_1 | 0x0010_0000)[2]).isEqualTo(word2);
        fixture.ccw(0, EchoDevice.TAKE, 0, 4, address);
        assertThat(fixture.run(subchannel, FORMAT_1)[2]).as("not asked for").isEqualTo(ENDED);
    }

    @Test
    void measurementBlocksCountStarts() {
        ChannelFixture.enable(subchannel, 0x0010_0000, 0);
        assertThat(fixture.channels().monitor(2, 0x8000)).isTrue();
        fixture.run(subchannel, NO_OPERATION, 0, 0);
        fixture.run(subchannel, NO_OPERATION, 0, 0);
        assertThat(fixture.memory().getInt(0x8000)).isEqualTo(0x0002_0002);

        int[] schib = subchannel.store();
        schib[6] = 4;
        schib[11] = 0x9000;
        assertThat(subchannel.modify(schib)).isZero();
        fixture.run(subchannel, NO_OPERATION, 0, 0);
        assertThat(fixture.memory().getLong(0x9000)).isEqualTo(0x0000_0001_0000_0001L);
        schib[10] = -1; // outside storage
        assertThat(subchannel.modify(schib)).isZero();
        expect(fixture.run(subchannel, NO_OPERATION, 0, 0), NORMAL, 1, ENDED);
    }

    /** No exception of the JVM's either: the fixture looks for them. */
    @Test
    void whateverAProgramConsistsOfItEnds() {
        long seed = Long.getLong("interruptor.random.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int[] commands = {0x01, 0x02, 0x03, 0x04, 0x07, 0x08, 0x0a, 0xe4, 0x55, 0x00};
        for (int n = 0; n < RANDOM_PROGRAMS; n++) {
            for (int i = 0; i < 8; i++) {
                int command = commands[random.nextInt(commands.length)];
                int data = switch (random.nextInt(8)) {
                    case 0 -> random.nextInt();
                    case 1 -> SIZE - random.nextInt(64);
                    case 2, 3 -> PROGRAM + 8 * random.nextInt(8);
                    default -> DATA + random.nextInt(0x4000);
                };
                int flags = random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(4) << 5;
                fixture.ccw(i, command, flags, random.nextInt(40), command == TRANSFER_IN_CHANNEL ? data & -8 : data);
            }
            int orb = random.nextInt(4) == 0 ? FORMAT_0 : FORMAT_1;
            int[] irb = fixture.run(subchannel, orb | (random.nextInt() & 0x041b_0080));
            while ((irb[0] & PRIMARY) == 0) { // that of a program-controlled interruption
                assertThat(irb[0] & 0xffff)
                        .as("seed %d, program %d", seed, n)
                        .isIn(0x40c9); // start function, active, intermediate
                irb = fixture.awaitStatus(subchannel);
            }
            assertThat(irb[0] & 0xffe7).as("seed %d, program %d", seed, n).isIn(NORMAL, WITH_ALERT);
            assertThat(fixture.takeInterruption()).isNull();
        }
    }
}
