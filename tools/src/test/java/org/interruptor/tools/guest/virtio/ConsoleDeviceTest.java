package org.interruptor.tools.guest.virtio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.interruptor.tools.guest.channel.ChannelFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A console, driven as a guest's driver does. */
@Timeout(60)
class ConsoleDeviceTest {
    private static final int RECEIVE = 0;
    private static final int TRANSMIT = 1;
    private static final int TEXT = 0x2_0000;
    private static final int ROOM = 0x3_0000;

    private final ChannelFixture fixture = new ChannelFixture();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ConsoleDevice device = new ConsoleDevice(output::writeBytes);
    private final GuestDriver driver =
            new GuestDriver(fixture, VirtioCcw.attach(fixture.channels(), 0x0009, device), 0x0001_0000);

    @BeforeEach
    void start() {
        driver.start(1, GuestDriver.VERSION_1 | GuestDriver.EVENT_INDEX, 2, true);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whatIsTransmittedIsPrinted() {
        fixture.put(TEXT, bytes("Hello, "));
        fixture.put(TEXT + 0x100, bytes("console\n"));
        driver.descriptor(TRANSMIT, 3, TEXT, 7, GuestDriver.NEXT, 1);
        driver.descriptor(TRANSMIT, 1, TEXT + 0x100, 8, 0, 0);
        driver.offer(TRANSMIT, 3);
        driver.exchange(TRANSMIT, 1);
        assertThat(output.toString(StandardCharsets.US_ASCII)).isEqualTo("Hello, console\n");
        assertThat(driver.usedEntry(TRANSMIT, 0)).containsExactly(3, 0);
        fixture.await("indicator of queue 1", () -> fixture.memory().getByte(GuestDriver.INDICATORS + 8) == 0x08);
    }

    @Test
    void whatIsTypedGoesWhereTheGuestHasRoom() {
        assertThat(device.type(bytes("xabcdefx"), 1, 6)).isEqualTo(6);
        assertThat(driver.usedIndex(RECEIVE)).isZero();
        driver.descriptor(RECEIVE, 0, ROOM, 4, GuestDriver.WRITABLE, 0);
        driver.offer(RECEIVE, 0);
        driver.exchange(RECEIVE, 1);
        assertThat(driver.usedEntry(RECEIVE, 0)).containsExactly(0, 4);
        assertThat(fixture.bytes(ROOM, 5)).isEqualTo(Arrays.copyOf(bytes("abcd"), 5));
        driver.descriptor(RECEIVE, 5, ROOM, 64, GuestDriver.WRITABLE, 0);
        driver.offer(RECEIVE, 5);
        driver.exchange(RECEIVE, 2);
        assertThat(driver.usedEntry(RECEIVE, 1)).containsExactly(5, 2);
        driver.offer(RECEIVE, 5);
        driver.notify(RECEIVE);
        assertThat(device.type(bytes("!"), 0, 1)).isEqualTo(1);
        fixture.await("input without a notification", () -> driver.usedIndex(RECEIVE) == 3);
        assertThat(fixture.memory().getByte(ROOM)).isEqualTo((byte) '!');
    }

    @Test
    void inputBeyondTheBufferWaitsInThePump() throws Exception {
        byte[] typed = new byte[3 * ConsoleDevice.INPUT_CAPACITY];
        for (int i = 0; i < typed.length; i++) {
            typed[i] = (byte) (i / 7);
        }
        Thread pump = InputPump.start(new ByteArrayInputStream(typed), device);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        driver.descriptor(RECEIVE, 0, ROOM, 1000, GuestDriver.WRITABLE, 0);
        for (int n = 1; received.size() < typed.length; n++) {
            driver.offer(RECEIVE, 0);
            driver.exchange(RECEIVE, n);
            received.writeBytes(fixture.bytes(ROOM, driver.usedEntry(RECEIVE, n - 1)[1]));
        }
        assertThat(received.toByteArray()).isEqualTo(typed);
        pump.join();
        assertThat(device.type(new byte[ConsoleDevice.INPUT_CAPACITY + 1], 0, ConsoleDevice.INPUT_CAPACITY + 1))
                .isEqualTo(ConsoleDevice.INPUT_CAPACITY);
    }

    @Test
    void itIsAConsoleWithOnePort() {
        assertThat(driver.ask(0xe4, 7)).containsExactly(0xff, 0x38, 0x32, 3, 0, 0, 0);
        assertThat(driver.ask(0x22, 12)).containsExactly(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
        assertThat(driver.queueSize(RECEIVE)).isEqualTo(256);
        assertThat(driver.queueSize(TRANSMIT)).isEqualTo(256);
        assertThat(driver.queueSize(2)).isZero();
    }
}
