package org.interruptor.tools.guest.sclp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.PlatformStub;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SERVICE CALL with control blocks as a guest should not make them: each has its answer, and nothing beside the block changes. */
class SclpTest {
    private static final int SIZE = 1 << 16;
    private static final int BLOCK = 0x5000;
    private static final int WRITE_EVENT_DATA = 0x0076_0005;
    private static final int WRITE_EVENT_MASK = 0x0078_0005;
    private static final int READ_EVENT_DATA = 0x0077_0005;
    private static final int RANDOM_BLOCKS = 20_000;

    private final GuestMemory storage = GuestMemory.allocate(SIZE);
    private final Machine machine =
            Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(1).build();
    private final Cpu cpu = new Cpu(machine.vcpu(0).bind(), new PlatformStub());
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final ConsoleInput input = new ConsoleInput();
    private final Sclp sclp = new Sclp(machine, console::writeBytes, input);

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    /** The response code of a command that was carried out. */
    private int response(int command, int block) {
        assertThat(sclp.call(cpu, command, block)).isZero();
        sclp.delivered();
        return storage.getShort(block + 6) & 0xffff;
    }

    private void event(int block, int length, int type, String text) {
        storage.putShort(block, (short) length);
        storage.putByte(block + 2, (byte) type);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        storage.putBytes(block + 6, bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x8000, 0x8ff8, 0x9000, 0x9ff8})
    void aBlockWhereThePrefixAreaLiesIsASpecificationException(long block) {
        cpu.registers().prefix(0x8000);
        for (long absolute : new long[] {block, block - 0x8000}) {
            storage.putShort(absolute, (short) 8);
        }
        assertThatThrownBy(() -> sclp.call(cpu, WRITE_EVENT_DATA, block)).isSameAs(ProgramException.SPECIFICATION);
        assertThat(machine.queuedFloating()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void aBlockShorterThanItsHeaderIsASpecificationException(int length) {
        storage.putShort(BLOCK, (short) length);
        assertThatThrownBy(() -> sclp.call(cpu, WRITE_EVENT_DATA, BLOCK)).isSameAs(ProgramException.SPECIFICATION);
        assertThat(machine.queuedFloating()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x1000, 0x1ff8, BLOCK + 4, BLOCK + 1, 0x8000_0000L, 0x1_0000_5000L, -8})
    void aBlockInThePrefixAreaOrAtAnAddressThatIsNoneIsASpecificationException(long block) {
        assertThatThrownBy(() -> sclp.call(cpu, WRITE_EVENT_DATA, block)).isSameAs(ProgramException.SPECIFICATION);
        assertThat(machine.queuedFloating()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {SIZE, 0x7fff_fff8})
    void aBlockOutsideStorageIsAnAddressingException(long block) {
        assertThatThrownBy(() -> sclp.call(cpu, WRITE_EVENT_DATA, block)).isSameAs(ProgramException.ADDRESSING);
        assertThat(machine.queuedFloating()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0x5000, 8, 0x0020",
        "0x5000, 4096, 0x0020",
        "0x5000, 4097, 0x0100", // into the next page
        "0x5008, 4096, 0x0100",
        "0x5ff8, 8, 0x0020",
        "0x5ff8, 9, 0x0100",
        "0x5000, 0xffff, 0x0100",
        "0xfff8, 8, 0x0020",
        "0xfff8, 16, 0x0100", // beyond storage
    })
    void theLengthOfABlockIsAtLeastItsHeaderAndEndsInItsPage(int block, int length, int response) {
        storage.putShort(block, (short) length);
        if (length > 8 && response == 0x0020) {
            event(block + 8, length - 8, 0x1a, "");
        }
        assertThat(response(WRITE_EVENT_DATA, block)).isEqualTo(response);
        assertThat(machine.queuedFloating()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 12, 0x1a, 0x0020, hello\n",
        "20, 6, 0x1a, 0x72f0, ''", // the rest is too short for another one
        "14, 6, 0x1a, 0x0020, ''", // a text without a character
        "20, 0, 0x1a, 0x72f0, ''",
        "20, 5, 0x1a, 0x72f0, ''",
        "20, 13, 0x1a, 0x72f0, ''", // beyond the block
        "20, 0xffff, 0x1a, 0x72f0, ''",
        "13, 6, 0x1a, 0x72f0, ''", // no room for its header
        "20, 12, 0x1b, 0x40f0, ''", // no text
    })
    void eventBuffersFitTheBlock(int length, int event, int type, int response, String text) {
        storage.putShort(BLOCK, (short) length);
        event(BLOCK + 8, event, type, "hello\n");
        assertThat(response(WRITE_EVENT_DATA, BLOCK)).isEqualTo(response);
        assertThat(console.toString(StandardCharsets.US_ASCII).strip()).isEqualTo(text.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "28, 4, 0x0020",
        "28, 0, 0x74f0",
        "27, 4, 0x74f0",
        "4096, 1022, 0x74f0",
        "4096, 1021, 0x0020",
        "9, 4, 0x74f0"
    })
    void eventMasksFitTheBlock(int length, int maskLength, int response) {
        storage.putShort(BLOCK, (short) length);
        storage.putShort(BLOCK + 10, (short) maskLength);
        assertThat(response(WRITE_EVENT_MASK, BLOCK)).isEqualTo(response);
        if (maskLength == 4 && response == 0x0020) {
            assertThat(storage.getInt(BLOCK + 12 + 2 * 4))
                    .as("what the guest may send")
                    .isEqualTo(0x4000_0040);
        }
    }

    @Test
    void anUnknownCommandIsInvalid() {
        storage.putShort(BLOCK, (short) 8);
        assertThat(response(0x0099_0001, BLOCK)).isEqualTo(0x01f0);
    }

    @ParameterizedTest
    @CsvSource({"0x00120001, 143, 0x0300", "0x00120001, 144, 0x0010", "0x00020001, 4096, 0x0010"})
    void theMachineTellsItsSizeAndItsCpusWhereTheyFit(int command, int length, int response) {
        storage.putShort(BLOCK, (short) length);
        assertThat(response(command, BLOCK)).isEqualTo(response);
        if (response == 0x0010) {
            assertThat(storage.getShort(BLOCK + 8)).as("increments").isZero(); // of 1 MiB; there are 64 KiB
            assertThat(storage.getByte(BLOCK + 10)).isEqualTo((byte) 1);
            assertThat(storage.getShort(BLOCK + 16)).as("CPUs").isEqualTo((short) 1);
            assertThat(storage.getShort(BLOCK + 18)).as("their entries").isEqualTo((short) 128);
            assertThat(storage.getLong(BLOCK + 24)).as("load parameter").isEqualTo(0x4040_4040_4040_4040L);
        }
    }

    @ParameterizedTest
    @CsvSource({"39, 0x0300", "40, 0x0010"})
    void theCpusAreListed(int length, int response) {
        storage.putShort(BLOCK, (short) length);
        assertThat(response(0x0001_0001, BLOCK)).isEqualTo(response);
        if (response == 0x0010) {
            assertThat(storage.getLong(BLOCK + 8)).isEqualTo(0x0001_0018_0000_0028L);
        }
    }

    private void openInput(int mask) {
        storage.putShort(BLOCK, (short) 28);
        storage.putShort(BLOCK + 10, (short) 4);
        storage.putInt(BLOCK + 12, mask);
        assertThat(response(WRITE_EVENT_MASK, BLOCK)).isEqualTo(0x0020);
    }

    @Test
    void inputIsAnnouncedOnceAndReadAsOneEvent() throws Exception {
        input.type("ab".getBytes(StandardCharsets.US_ASCII), 0, 2);
        assertThat(machine.queuedFloating()).as("nobody reads").isEmpty();
        openInput(0x40);
        assertThat(machine.queuedFloating()).as("of the mask, and of the input").hasSize(2);
        input.type("c".getBytes(StandardCharsets.US_ASCII), 0, 1);
        assertThat(machine.queuedFloating()).hasSize(2);
        storage.putShort(BLOCK, (short) 4096);
        assertThat(response(READ_EVENT_DATA, BLOCK)).isEqualTo(0x0020);
        assertThat(storage.getLong(BLOCK + 8)).isEqualTo(0x000a_1a00_0000_0061L);
        assertThat(storage.getShort(BLOCK + 16)).isEqualTo((short) 0x6263);
        assertThat(response(READ_EVENT_DATA, BLOCK)).isEqualTo(0x60f0);
        openInput(0);
        input.type("d".getBytes(StandardCharsets.US_ASCII), 0, 1);
        assertThat(response(READ_EVENT_DATA, BLOCK)).as("the mask is closed").isEqualTo(0x60f0);
    }

    @Test
    void inputThatDoesNotFitIsAnnouncedAgain() throws Exception {
        openInput(0x40);
        input.type("abc".getBytes(StandardCharsets.US_ASCII), 0, 3);
        long queued = machine.queuedFloating().size();
        storage.putShort(BLOCK, (short) 17); // room for two
        assertThat(response(READ_EVENT_DATA, BLOCK)).isEqualTo(0x0020);
        assertThat(storage.getShort(BLOCK + 15)).isEqualTo((short) 0x6162);
        assertThat(machine.queuedFloating())
                .as("of the rest, and of the command")
                .hasSize((int) queued + 2);
        assertThat(response(READ_EVENT_DATA, BLOCK)).isEqualTo(0x0020);
        assertThat(storage.getByte(BLOCK + 15)).isEqualTo((byte) 'c');
    }

    @ParameterizedTest
    @CsvSource({
        "12, 14, 4, 0x0020, hi", // a block with one message text
        "12, 14, 1, 0x0020, ''", // another object
        "12, 15, 4, 0x72f0, ''", // beyond the block
        "12, 3, 4, 0x72f0, ''",
        "11, 14, 4, 0x72f0, ''", // no room for a block
        "12, 9, 4, 0x72f0, ''", // no message text
    })
    void lineModeMessagesAreLines(int header, int object, int type, int response, String text) {
        int data = BLOCK + 14;
        int length = header == 12 ? 12 + 12 : 11;
        storage.putShort(BLOCK, (short) (14 + length));
        event(BLOCK + 8, 6 + length, 0x02, "");
        storage.putShort(data, (short) (12 + 12));
        storage.putShort(data + 12, (short) (object == 14 ? 12 : object));
        storage.putShort(data + 14, (short) type);
        storage.putShort(data + 12 + 10, (short) 0x8889); // "hi"
        assertThat(response(WRITE_EVENT_DATA, BLOCK)).isEqualTo(response);
        assertThat(console.toString(StandardCharsets.US_ASCII).strip())
                .isEqualTo(text.replace("\\n", "").strip());
    }

    @Test
    void theServiceProcessorIsBusyWhileTooManySignalsAreNotDelivered() {
        storage.putShort(BLOCK, (short) 8);
        for (int i = 0; i < 256; i++) {
            assertThat(sclp.call(cpu, WRITE_EVENT_DATA, BLOCK)).isZero();
        }
        assertThat(sclp.call(cpu, WRITE_EVENT_DATA, BLOCK)).isEqualTo(2);
        sclp.delivered();
        assertThat(sclp.call(cpu, WRITE_EVENT_DATA, BLOCK)).isZero();
    }

    @Test
    void whateverIsInABlockNothingBesideItChanges() {
        long seed = Long.getLong("interruptor.random.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int[] commands = {WRITE_EVENT_DATA, WRITE_EVENT_MASK, READ_EVENT_DATA, 0x0012_0001, 0x0001_0001, 0};
        byte[] before = new byte[SIZE];
        byte[] after = new byte[SIZE];
        for (int n = 0; n < RANDOM_BLOCKS; n++) {
            int block = 0x2000 + 8 * random.nextInt((SIZE - 0x2000) / 8);
            int room = Math.min(64, SIZE - block);
            byte[] bytes = new byte[room];
            for (int i = 0; i < room; i++) {
                bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(2) * random.nextInt(32));
            }
            bytes[0] = random.nextInt(4) == 0 ? bytes[0] : 0;
            bytes[1] = bytes[0] == 0 ? (byte) Math.max(8, bytes[1]) : bytes[1];
            storage.putBytes(block, bytes, 0, room);
            int length = storage.getShort(block) & 0xffff;
            storage.getBytes(0, before, 0, SIZE);
            assertThat(sclp.call(cpu, commands[n % commands.length], block)).isZero();
            sclp.delivered();
            cpu.registers().psw(1L << 56, 0);
            cpu.registers().control(0, 0x200);
            cpu.vcpu().deliverPending();
            storage.getBytes(0, after, 0, SIZE);
            System.arraycopy(before, 0, after, 0, 0x2000); // the lowcore of the service signal
            System.arraycopy(before, block, after, block, Math.min(Math.max(8, length), SIZE - block));
            assertThat(after).as("seed %d, block %d", seed, n).isEqualTo(before);
        }
    }
}
