package org.interruptor.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.status.CountersReader;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Counter;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does with files that are not as they should be. */
class MachineCountersTest {
    /** Up to here the header is checked; the rest of it tells of the machine, and any value is one. */
    private static final int CHECKED_HEADER_LENGTH = 36;

    @TempDir
    private Path directory;

    private Path file;
    private byte[] whole;

    @BeforeEach
    void writeOne() throws IOException {
        file = directory.resolve("guest.counters");
        try (GuestMemory storage = GuestMemory.allocate(1 << 16)) {
            Machine.builder(storage)
                    .rules(Rules.ORIGINAL)
                    .vcpus(1)
                    .countersFile(file)
                    .build()
                    .close();
        }
        whole = Files.readAllBytes(file);
    }

    @Test
    void opensTheUndamagedFile() throws IOException {
        assertThat(MachineCounters.open(file).vcpuCount()).isEqualTo(1);
    }

    @Test
    void refusesAFileThatIsMissingOrADirectory() {
        assertThatThrownBy(() -> MachineCounters.open(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> MachineCounters.open(directory))
                .isInstanceOf(IOException.class)
                .hasMessage("a directory, expected a counters file");
    }

    @Test
    void refusesAFileThatIsCutAnywhere() throws IOException {
        for (int length = 0; length < whole.length; length += length < 64 ? 1 : 509) {
            Files.write(file, Arrays.copyOf(whole, length));
            int cut = length;
            assertThatThrownBy(() -> MachineCounters.open(file))
                    .as("cut at %d", cut)
                    .isExactlyInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAFileThatIsTooLong() throws IOException {
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));

        assertThatThrownBy(() -> MachineCounters.open(file))
                .hasMessage("damaged: length " + (whole.length + 1) + ", expected " + whole.length);
    }

    @Test
    void refusesAnotherFormat() throws IOException {
        Files.write(file, new byte[10_000]);
        assertThatThrownBy(() -> MachineCounters.open(file))
                .hasMessage("not a counters file: it does not begin with INTRCNTR");
        Files.writeString(file, "INTRCNTR");
        assertThatThrownBy(() -> MachineCounters.open(file))
                .hasMessage("not a counters file: 8 bytes long, expected at least 4096");
    }

    @Test
    void refusesAnotherVersionOrByteOrderByName() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(whole).order(ByteOrder.nativeOrder());
        header.putInt(12, 2);
        Files.write(file, whole);
        assertThatThrownBy(() -> MachineCounters.open(file))
                .hasMessage("not of this version of Interruptor: version 2, expected 1");
        header.putInt(8, 0x04030201);
        Files.write(file, whole);
        assertThatThrownBy(() -> MachineCounters.open(file))
                .hasMessageStartingWith("written on a machine of another byte order: ");
        header.putInt(8, 0x01020305);
        Files.write(file, whole);
        assertThatThrownBy(() -> MachineCounters.open(file)).hasMessageStartingWith("damaged: byte order mark ");
    }

    @Test
    void refusesEachChangedBitOfWhatIsCheckedInTheHeader() throws IOException {
        for (int bit = 0; bit < CHECKED_HEADER_LENGTH * 8; bit++) {
            refusesWithBitChanged(bit);
        }
    }

    @Test
    void refusesAChangedBitOfTheMetadata() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int counters = new CountersLayout(1).count();
        for (int i = 0; i < 500; i++) {
            int record = CountersHeader.LENGTH + random.nextInt(counters) * CountersReader.METADATA_LENGTH;
            int offset = switch (random.nextInt(3)) {
                case 0 -> random.nextInt(8); // state and type
                case 1 -> CountersReader.KEY_OFFSET + random.nextInt(4);
                default -> CountersReader.LABEL_OFFSET + random.nextInt(14);
            };
            refusesWithBitChanged((record + offset) * 8 + random.nextInt(8));
        }
    }

    private void refusesWithBitChanged(int bit) throws IOException {
        byte[] changed = whole.clone();
        changed[bit >> 3] ^= (byte) (1 << (bit & 7));
        Files.write(file, changed);
        assertThatThrownBy(() -> MachineCounters.open(file))
                .as("bit %d of byte %d", bit & 7, bit >> 3)
                .isExactlyInstanceOf(IOException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void readsASampleWhoseWriterDiedInTheMiddle() throws IOException {
        int samples = CountersHeader.LENGTH
                + CountersHeader.metadataLength(new CountersLayout(1))
                + CountersReader.counterOffset(new CountersLayout(1).id(MachineGauge.SAMPLES));
        ByteBuffer.wrap(whole).order(ByteOrder.nativeOrder()).putLong(samples, 7);
        Files.write(file, whole);

        assertThat(MachineCounters.open(file).snapshot().gauge(MachineGauge.SAMPLES))
                .isEqualTo(7);
    }

    @Test
    void refusesAVcpuThatDoesNotExist() throws IOException {
        CountersSnapshot snapshot = MachineCounters.open(file).snapshot();

        assertThatThrownBy(() -> snapshot.counter(1, Counter.REFUSED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vCPU 1 does not exist: expected 0 to 0");
        assertThatThrownBy(() -> snapshot.explain(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
