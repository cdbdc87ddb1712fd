package org.interruptor.tools.guest.virtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.interruptor.engine.contract.IoInterruption;
import org.interruptor.tools.guest.channel.ChannelFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk, driven as a guest's driver does. */
@Timeout(60)
class BlockDeviceTest {
    private static final int SECTORS = 64;
    private static final int SECTOR = 512;

    // Where a request is in storage.
    private static final int HEADER = 0x2_0000;
    private static final int STATUS = 0x2_0100;
    private static final int DATA = 0x3_0000;

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int FLUSH = 4;
    private static final int GET_ID = 8;

    private static final int OK = 0;
    private static final int IO_ERROR = 1;
    private static final int UNSUPPORTED = 2;

    private static final long ALL = GuestDriver.VERSION_1 | GuestDriver.EVENT_INDEX | GuestDriver.INDIRECT_DESCRIPTORS;

    @TempDir
    private Path folder;

    private final ChannelFixture fixture = new ChannelFixture();
    private final byte[] content = new byte[SECTORS * SECTOR];
    private Path path;
    private GuestDriver driver;
    private int requests;

    @BeforeEach
    void disk() throws IOException {
        new SplittableRandom(1).nextBytes(content);
        path = Files.write(folder.resolve("disk"), content);
        attach(false);
    }

    private void attach(boolean isReadOnly) throws IOException {
        BlockDevice device = new BlockDevice(DiskFile.open(path, isReadOnly), "the name of this disk");
        int number = isReadOnly ? 1 : 0;
        driver = new GuestDriver(
                fixture, VirtioCcw.attach(fixture.channels(), 0x1000 + number, device), 0x0001_0000 + number);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Makes header and descriptors 0 to 2 of a request, and offers it. */
    private void offer(boolean isLegacy, int type, long sector, int length, boolean isRead) {
        ByteBuffer header = ByteBuffer.allocate(16).order(isLegacy ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        fixture.put(HEADER, header.putInt(0, type).putLong(8, sector).array());
        fixture.put(STATUS, (byte) 0xee);
        driver.descriptor(0, 0, HEADER, 16, GuestDriver.NEXT, 1);
        driver.descriptor(0, 1, DATA, length, GuestDriver.NEXT | (isRead ? GuestDriver.WRITABLE : 0), 2);
        driver.descriptor(0, 2, STATUS, 1, GuestDriver.WRITABLE, 0);
        driver.offer(0, 0);
    }

    /** The status of a request. */
    private int request(int type, long sector, int length, boolean isRead) {
        offer(false, type, sector, length, isRead);
        requests++;
        driver.exchange(0, requests & 0xffff);
        assertThat(driver.usedEntry(0, requests - 1)).containsExactly(0, isRead ? length + 1 : 1);
        return fixture.memory().getByte(STATUS);
    }

    private byte[] sectors(long first, int count) {
        return Arrays.copyOfRange(content, (int) first * SECTOR, (int) (first + count) * SECTOR);
    }

    @Test
    void itIsADiskOfItsLength() {
        driver.enable();
        assertThat(driver.ask(0xe4, 7)).containsExactly(0xff, 0x38, 0x32, 2, 0, 0, 0);
        assertThat(driver.setRevision(1)).isTrue();
        assertThat(driver.features()).isEqualTo(0x1_3000_0244L);
        ByteBuffer configuration = ByteBuffer.wrap(driver.ask(0x22, 60)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(configuration.getLong(0)).isEqualTo(SECTORS);
        assertThat(configuration.getInt(12)).isEqualTo(254);
        assertThat(configuration.getInt(20)).isEqualTo(SECTOR);
        assertThat(driver.ask(0x22, 8)).as("a part").containsExactly(SECTORS, 0, 0, 0, 0, 0, 0, 0);
        assertThat(driver.queueSize(0)).isEqualTo(256);
        assertThat(driver.queueSize(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBlockIsReadAndTheInterruptionSaysSo(boolean isAdapter) {
        driver.start(2, ALL, 1, isAdapter);
        assertThat(request(READ, 5, 3 * SECTOR, true)).isEqualTo(OK);
        assertThat(fixture.bytes(DATA, 3 * SECTOR)).isEqualTo(sectors(5, 3));
        fixture.await(
                "interruption",
                () -> isAdapter
                        ? fixture.memory().getByte(GuestDriver.INDICATORS) != 0
                        : ChannelFixture.isStatusPending(driver.subchannel()));
        if (isAdapter) {
            assertThat(fixture.memory().getByte(GuestDriver.INDICATORS))
                    .as("summary")
                    .isEqualTo((byte) 1);
            assertThat(fixture.memory().getByte(GuestDriver.INDICATORS + 8))
                    .as("bit 3")
                    .isEqualTo((byte) 0x10);
            IoInterruption[] taken = new IoInterruption[1];
            fixture.await("interruption", () -> (taken[0] = fixture.takeInterruption()) != null);
            assertThat(taken[0].subsystemId()).isZero();
            assertThat(taken[0].parameter()).isZero();
            assertThat(taken[0].word()).isEqualTo(0x9000_0000);
        } else {
            assertThat(fixture.memory().getLong(GuestDriver.INDICATORS + 16)).isEqualTo(1);
            assertThat(fixture.takeInterruption().word()).isEqualTo(0x1800_0000);
            assertThat(fixture.awaitStatus(driver.subchannel())[0] & 0xffff).isEqualTo(0x0011);
        }
        assertThat(fixture.takeInterruption()).isNull();
    }

    @Test
    void aDriverOfRevision0UsesTheOrderOfTheGuest() {
        driver.start(0, 0, 1, false);
        offer(true, READ, 7, SECTOR, true);
        driver.exchange(0, 1);
        assertThat(driver.usedEntry(0, 0)).containsExactly(0, SECTOR + 1);
        assertThat(fixture.bytes(DATA, SECTOR)).isEqualTo(sectors(7, 1));
        fixture.await("status", () -> ChannelFixture.isStatusPending(driver.subchannel()));
        fixture.awaitStatus(driver.subchannel());
        assertThat(ByteBuffer.wrap(driver.ask(0x22, 8)).getLong()).isEqualTo(SECTORS);
        assertThat(driver.features()).isEqualTo(0x3800_0244L);
    }

    @Test
    void whoDoesNotChooseARevisionHasRevision0() {
        driver.enable();
        assertThat(driver.status(1)).isTrue();
        assertThat(driver.setRevision(1)).as("too late").isFalse();
        assertThat(driver.setLegacyQueue(0, driver.ring(0), 0x100)).isTrue();
    }

    @Test
    void whatIsWrittenIsInTheFile() throws IOException {
        driver.start(1, ALL, 1, true);
        byte[] text = new byte[2 * SECTOR];
        Arrays.fill(text, (byte) 'x');
        fixture.put(DATA, text);
        assertThat(request(WRITE, SECTORS - 2, text.length, false)).isEqualTo(OK);
        assertThat(request(FLUSH, 0, 0, false)).isEqualTo(OK);
        System.arraycopy(text, 0, content, (SECTORS - 2) * SECTOR, text.length);
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 64, 512",
        "0, 63, 1024",
        "0, 0, 33280", // one more than there are
        "0, 0, 511", // no whole sectors
        "0, -1, 512",
        "0, 0x7fffffffffffffff, 512",
        "0, 0x0080000000000000, 512", // overflows as a number of bytes
        "1, 64, 512",
        "1, 63, 1024",
        "1, 0, 100",
        "1, -1, 512",
    })
    void whatLeavesTheDiskIsAnError(int type, long sector, int length) throws IOException {
        driver.start(1, ALL, 1, true);
        assertThat(request(type, sector, length, type == READ)).isEqualTo(IO_ERROR);
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
        assertThat(request(READ, 0, SECTOR, true)).as("and it goes on").isEqualTo(OK);
    }

    @Test
    void otherRequests() {
        driver.start(1, ALL, 1, true);
        assertThat(request(GET_ID, 0, 20, true)).isEqualTo(OK);
        assertThat(new String(fixture.bytes(DATA, 20), StandardCharsets.US_ASCII))
                .isEqualTo("the name of this dis");
        assertThat(request(17, 0, 512, true)).isEqualTo(UNSUPPORTED);
        assertThat(request(READ, SECTORS, 0, true)).as("nothing, at the end").isEqualTo(OK);
    }

    @Test
    void aDiskThatIsReadOnlyIsNotWritten() throws IOException {
        attach(true);
        driver.start(1, ALL, 1, true);
        assertThat(request(WRITE, 0, SECTOR, false)).isEqualTo(IO_ERROR);
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
    }

    @Test
    void aFileThatBecomesShorterIsAnError() throws IOException {
        driver.start(1, ALL, 1, true);
        Files.write(path, new byte[SECTOR]);
        assertThat(request(READ, 1, SECTOR, true)).isEqualTo(IO_ERROR);
        assertThat(request(READ, 0, SECTOR, true)).isEqualTo(OK);
    }

    @Test
    void aFileThatIsNoDiskIsRefused() throws IOException {
        Path odd = Files.write(folder.resolve("odd"), new byte[700]);
        assertThatThrownBy(() -> DiskFile.open(odd, false))
                .isInstanceOf(IOException.class)
                .hasMessage("a disk of 700 bytes, expected a multiple of 512");
    }

    @Test
    void indirectDescriptors() {
        driver.start(1, ALL, 1, true);
        offer(false, READ, 2, SECTOR, true);
        int table = 0x2_0200;
        driver.descriptorAt(table, HEADER, 16, GuestDriver.NEXT, 2);
        driver.descriptorAt(table + 32, DATA, 100, GuestDriver.NEXT | GuestDriver.WRITABLE, 1);
        driver.descriptorAt(table + 16, DATA + 0x1000, SECTOR - 100 + 1, GuestDriver.WRITABLE, 0);
        driver.descriptor(0, 0, table, 48, GuestDriver.INDIRECT, 0);
        driver.exchange(0, 1);
        assertThat(fixture.bytes(DATA, 100)).isEqualTo(Arrays.copyOf(sectors(2, 1), 100));
        assertThat(fixture.bytes(DATA + 0x1000, SECTOR - 100))
                .isEqualTo(Arrays.copyOfRange(sectors(2, 1), 100, SECTOR));
        assertThat(fixture.memory().getByte(DATA + 0x1000 + SECTOR - 100))
                .as("status")
                .isZero();
    }

    @Test
    void eventIndexesSayWhoWantsToBeTold() {
        driver.start(1, ALL, 1, true);
        driver.usedEvent(0, 1); // of the second one
        assertThat(request(READ, 0, SECTOR, true)).isEqualTo(OK);
        fixture.await("event", () -> driver.availableEvent(0) == 1);
        assertThat(fixture.memory().getByte(GuestDriver.INDICATORS)).isZero();
        assertThat(request(READ, 0, SECTOR, true)).isEqualTo(OK);
        fixture.await("indicator", () -> fixture.memory().getByte(GuestDriver.INDICATORS) != 0);
        fixture.await("event", () -> driver.availableEvent(0) == 2);
    }

    @Test
    void withoutThemAFlagSaysSo() {
        driver.start(1, GuestDriver.VERSION_1, 1, false);
        driver.noInterrupt(0);
        assertThat(request(READ, 0, SECTOR, true)).isEqualTo(OK);
        assertThat(request(READ, 0, SECTOR, true)).isEqualTo(OK);
        driver.subchannel().store();
        assertThat(fixture.memory().getLong(GuestDriver.INDICATORS + 16)).isZero();
    }

    @Test
    void theIndexesWrapAround() {
        driver.start(1, ALL, 1, true);
        for (int i = 0; i < 0x1_0010; i++) {
            assertThat(request(GET_ID, 0, 20, true)).isEqualTo(OK);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x20000, 0xffff8, 16, 0", // a buffer that ends outside storage
        "-16, 0x30000, 16, 0",
        "0x20000, 0x30000, 0xffffffff, 0",
        "0x20000, 0x30000, 16, 8", // a next one behind the table
        "0x20000, 0x30000, 16, 0", // a loop
        "0x20000, 0x30000, 16, 0xffff",
    })
    void aChainThatIsNoneBreaksTheDevice(long header, long data, long length, int next) {
        driver.start(1, ALL, 1, true);
        driver.descriptor(0, 0, header, 16, GuestDriver.NEXT, 1);
        driver.descriptor(0, 1, data, (int) length, GuestDriver.NEXT, next);
        driver.offer(0, 0);
        breaks();
    }

    private void breaks() {
        driver.notify(0);
        fixture.await("configuration indicator", () -> fixture.memory().getLong(GuestDriver.INDICATORS + 24) == 1);
        fixture.awaitStatus(driver.subchannel());
        assertThat(driver.status()).isEqualTo(0x4f);
        assertThat(driver.usedIndex(0)).isZero();
        driver.notify(0);
        assertThat(driver.status(15)).isTrue();
        assertThat(driver.status()).as("until it is reset").isEqualTo(0x4f);
        assertThat(driver.send(0x33)).isTrue();
        assertThat(driver.status()).isZero();
        fixture.memory().putLong(GuestDriver.INDICATORS + 24, 0);
    }

    @Test
    void otherChainsThatAreNone() {
        driver.start(1, ALL, 1, true);
        driver.descriptor(0, 0, STATUS, 1, GuestDriver.WRITABLE | GuestDriver.NEXT, 1);
        driver.descriptor(0, 1, HEADER, 16, 0, 0); // readable behind writable
        driver.offer(0, 0);
        breaks();
        int[][] indirect = {{0, 16}, {HEADER, 0}, {HEADER, 17}, {ChannelFixture.SIZE - 16, 32}, {HEADER, 16}};
        for (int[] table : indirect) {
            driver.start(1);
            driver.descriptorAt(HEADER, HEADER, 16, GuestDriver.INDIRECT, 0); // a table in a table
            driver.descriptorAt(0, HEADER, 16, GuestDriver.INDIRECT, 0);
            driver.descriptor(0, 0, table[0], table[1], GuestDriver.INDIRECT, 0);
            driver.offer(0, 0);
            breaks();
        }
        driver.start(1);
        driver.availableIndex(0, GuestDriver.QUEUE_SIZE + 1); // more than there can be
        breaks();
        driver.start(1);
        driver.offer(0, GuestDriver.QUEUE_SIZE); // a head behind the table
        breaks();
        driver.start(1);
        offer(false, READ, 0, SECTOR, true);
        driver.descriptor(0, 1, DATA, SECTOR, 0, 0); // no place for a status
        breaks();
        driver.start(1);
        driver.descriptor(0, 0, HEADER, 15, GuestDriver.NEXT, 1); // a header that is too short
        driver.descriptor(0, 1, STATUS, 1, GuestDriver.WRITABLE, 0);
        driver.offer(0, 0);
        breaks();
    }

    @Test
    void whateverIsInTheQueueTheDeviceLivesOn() throws IOException {
        long seed = Long.getLong("interruptor.random.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int[] lengths = {0, 1, 16, 48, 512, 4096, 0x7fff_ffff, -1};
        for (int n = 0; n < 2000; n++) {
            if (n == 0) {
                driver.start(1, ALL, 1, true);
            } else {
                assertThat(driver.send(0x33)).as("seed %d, queue %d", seed, n).isTrue();
                driver.start(1);
            }
            for (int i = 0; i < GuestDriver.QUEUE_SIZE; i++) {
                long address = random.nextInt(6) == 0 ? random.nextLong() : HEADER + 16L * random.nextInt(0x400);
                int flags = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(4);
                int length = lengths[random.nextInt(lengths.length)];
                driver.descriptor(0, i, address, length, flags, random.nextInt(9));
                driver.descriptorAt(HEADER + 16L * i, address, length, flags & 3, random.nextInt(4));
                driver.offer(0, random.nextInt(9));
            }
            driver.notify(0);
            assertThat(driver.status() & 0xf).as("seed %d, queue %d", seed, n).isEqualTo(15);
        }
        assertThat(Files.size(path)).isEqualTo(content.length);
    }
}
