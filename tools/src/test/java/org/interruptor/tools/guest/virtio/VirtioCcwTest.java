package org.interruptor.tools.guest.virtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.tools.guest.virtio.GuestDriver.INDICATORS;
import static org.interruptor.tools.guest.virtio.GuestDriver.QUEUE_SIZE;

import org.interruptor.tools.guest.channel.ChannelFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The channel commands of virtio, one by one: what each accepts, and what it rejects. */
@Timeout(60)
class VirtioCcwTest {
    private static final int SIZE = ChannelFixture.SIZE;

    private final ChannelFixture fixture = new ChannelFixture();
    private final ConsoleDevice device = new ConsoleDevice(text -> {});
    private final GuestDriver driver =
            new GuestDriver(fixture, VirtioCcw.attach(fixture.channels(), 0x0009, device), 0x0001_0000);

    @BeforeEach
    void enable() {
        driver.enable();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRevisionIsSetOnce() {
        assertThat(driver.send(0x83, new byte[] {0, 3, 0, 0})).isFalse();
        assertThat(driver.send(0x83, new byte[] {0, 1, 0, 1})).isFalse();
        assertThat(driver.send(0x83, new byte[] {0, 1, 0})).isFalse();
        assertThat(driver.setRevision(2)).isTrue();
        assertThat(driver.setRevision(1)).isFalse();
        assertThat(driver.send(0x33)).as("reset").isTrue();
        assertThat(driver.setRevision(1)).isFalse();
        int[] schib = driver.subchannel().store();
        schib[1] &= ~0x0080_0000;
        assertThat(driver.subchannel().modify(schib)).isZero();
        driver.enable();
        assertThat(driver.setRevision(1))
                .as("after it was disabled and enabled")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0x11", "0x12", "0x31", "0x32", "0x13", "0x43", "0x53", "0x73"})
    void dataThatAreTooShortAreRejected(int command) {
        assertThat(driver.setRevision(1)).isTrue();
        assertThat(fixture.run(driver.subchannel(), command, 0, ChannelFixture.DATA)[2] & 0xff00_0000)
                .isEqualTo(0x0e00_0000);
    }

    @Test
    void otherCommandsAreRejected() {
        assertThat(driver.send(0x55, (byte) 1)).isFalse();
        assertThat(driver.send(0x42, (byte) 1)).isFalse();
    }

    @Test
    void featuresAreThoseThatWereOffered() {
        assertThat(driver.setRevision(1)).isTrue();
        assertThat(driver.features()).isEqualTo(0x1_3000_0000L);
        assertThat(driver.ask(0x12, 5, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 2))
                .containsExactly(0, 0, 0, 0, 2);
        assertThat(driver.accept(2, 0)).isTrue();
        assertThat(driver.accept(2, 1)).isFalse();
        assertThat(driver.status(3)).isTrue();
        assertThat(driver.accept(GuestDriver.VERSION_1 | 1)).isTrue();
        assertThat(driver.status(11)).as("one that was not offered").isFalse();
        assertThat(driver.status()).isEqualTo(3);
        assertThat(driver.accept(0)).isTrue();
        assertThat(driver.status(11)).as("without version 1").isFalse();
        assertThat(driver.accept(GuestDriver.VERSION_1)).isTrue();
        assertThat(driver.status(11)).isTrue();
        assertThat(driver.accept(GuestDriver.VERSION_1)).as("too late").isFalse();
        assertThat(driver.status(0)).as("reset").isTrue();
        assertThat(driver.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 0x10000, 0x11000, 0x12000, true",
        "1, 256, 0x10000, 0x11000, 0x12000, true",
        "2, 8, 0x10000, 0x11000, 0x12000, false", // no such queue
        "0xffff, 8, 0x10000, 0x11000, 0x12000, false",
        "0, 512, 0x10000, 0x12000, 0x14000, false", // too large
        "0, 7, 0x10000, 0x11000, 0x12000, false", // no power of two
        "0, 0, 0x10000, 0x11000, 0x12000, true", // taken away
        "0, 8, 0, 0, 0, true",
        "0, 8, 0x10008, 0x11000, 0x12000, false", // not aligned
        "0, 8, 0x10000, 0x11001, 0x12000, false",
        "0, 8, 0x10000, 0x11000, 0x12002, false",
        "0, 8, 0xfff80, 0x11000, 0x12000, true", // up to the end of storage
        "0, 8, 0xfff90, 0x11000, 0x12000, false",
        "0, 8, 0x10000, 0xfffea, 0x12000, true",
        "0, 8, 0x10000, 0xfffec, 0x12000, false",
        "0, 8, 0x10000, 0x11000, 0xfffb8, true",
        "0, 8, 0x10000, 0x11000, 0xfffbc, false",
        "0, 8, 0x7ffffffffffffff0, 0x11000, 0x12000, false",
        "0, 8, -16, 0x11000, 0x12000, false",
        "0, 8, 0x10000, -2, 0x12000, false",
        "0, 8, 0x10000, 0x11000, -4, false",
    })
    void queuesLieInStorage(int queue, int size, long descriptors, long available, long used, boolean isAccepted) {
        assertThat(driver.setRevision(1)).isTrue();
        assertThat(driver.setQueue(queue, size, descriptors, available, used)).isEqualTo(isAccepted);
    }

    @ParameterizedTest
    @CsvSource({
        "0x10000, 0x1000, true",
        "0x10000, 0, false",
        "0x10000, 3, false",
        "0x10000, 0x80000000, false",
        "0xff000, 0x1000, false",
        "0x7fffffffffffff00, 0x1000, false",
        "-4096, 0x1000, false",
    })
    void soDoThoseOfRevision0(long address, long alignment, boolean isAccepted) {
        assertThat(driver.setRevision(0)).isTrue();
        assertThat(driver.setLegacyQueue(0, address, (int) alignment)).isEqualTo(isAccepted);
    }

    @ParameterizedTest
    @CsvSource({"0x43", "0x53"})
    void classicIndicatorsLieInStorage(int command) {
        assertThat(driver.send(command, GuestDriver.data(8).putLong(SIZE - 8).array()))
                .isTrue();
        assertThat(driver.send(command, GuestDriver.data(8).putLong(SIZE - 7).array()))
                .isFalse();
        assertThat(driver.send(command, GuestDriver.data(8).putLong(-8).array()))
                .isFalse();
        assertThat(driver.send(command, GuestDriver.data(8).putLong(0).array())).isTrue();
    }

    @Test
    void adapterIndicatorsLieInStorage() {
        assertThat(driver.setAdapterIndicators(SIZE - 1, SIZE - 1, 6, 7)).isTrue();
        assertThat(driver.setAdapterIndicators(SIZE - 1, SIZE - 1, 7, 7))
                .as("that of queue 1 is outside")
                .isFalse();
        assertThat(driver.setAdapterIndicators(SIZE, INDICATORS, 0, 7)).isFalse();
        assertThat(driver.setAdapterIndicators(INDICATORS, -1, 0, 7)).isFalse();
        assertThat(driver.setAdapterIndicators(INDICATORS, INDICATORS, -1, 7)).isFalse();
        assertThat(driver.setAdapterIndicators(INDICATORS, INDICATORS, Long.MAX_VALUE, 7))
                .isFalse();
        assertThat(driver.setAdapterIndicators(INDICATORS, INDICATORS, 0, 8)).isFalse();
    }

    @Test
    void aDriverHasOneKindOfIndicators() {
        assertThat(driver.setClassicIndicators()).isTrue();
        assertThat(driver.setAdapterIndicators(INDICATORS, INDICATORS + 8, 0, 1))
                .isFalse();
        assertThat(driver.send(0x33)).isTrue();
        assertThat(driver.setAdapterIndicators(INDICATORS, INDICATORS + 8, 0, 1))
                .isTrue();
        assertThat(driver.setClassicIndicators()).isFalse();
        assertThat(driver.setAdapterIndicators(0, 0, 0, 1)).as("taken away").isTrue();
        assertThat(driver.setClassicIndicators()).isTrue();
    }

    @Test
    void aConfigurationThatNobodyCanWriteStays() {
        assertThat(driver.send(0x21, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})).isTrue();
        assertThat(driver.ask(0x22, 12)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void notificationsOfNothingAnswerSo() {
        DriverNotification notification = new DriverNotification(fixture.channels());
        assertThat(notification.notify(0x0001_0000, 1, 99)).isZero();
        assertThat(notification.notify(0x0001_0000, 2, 0)).isEqualTo(-22);
        assertThat(notification.notify(0x0001_0000, -1, 0)).isEqualTo(-22);
        assertThat(notification.notify(0x0001_0000, 1L << 32, 0)).isEqualTo(-22);
        assertThat(notification.notify(0x0001_0001, 0, 0)).isEqualTo(-22);
        assertThat(notification.notify(3, 0, 0)).isEqualTo(-22);
    }

    @Test
    void subsystemResetResetsTheDeviceAndItsRevision() {
        assertThat(driver.setRevision(1)).isTrue();
        driver.start(1);
        fixture.channels().reset();
        driver.enable();
        assertThat(driver.setRevision(2)).isTrue();
        assertThat(driver.status()).isZero();
        assertThat(driver.setClassicIndicators()).isTrue();
        assertThat(driver.setQueue(0, QUEUE_SIZE, 0, 0, 0)).isTrue();
    }
}
