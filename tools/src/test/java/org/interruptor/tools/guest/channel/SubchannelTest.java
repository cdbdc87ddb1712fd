package org.interruptor.tools.guest.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.interruptor.tools.guest.channel.ChannelFixture.FORMAT_1;
import static org.interruptor.tools.guest.channel.ChannelFixture.PARAMETER;
import static org.interruptor.tools.guest.channel.ChannelFixture.PROGRAM;

import java.util.Arrays;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.IoInterruption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the functions of a subchannel do to one another, and that an interruption is pending exactly while status is. */
@Timeout(60)
class SubchannelTest {
    private static final int WORD_OF_SUBCLASS_3 = 0x1800_0000;

    private final ChannelFixture fixture = new ChannelFixture();
    private final EchoDevice device = new EchoDevice();
    private final Subchannel subchannel = fixture.channels().add(0x1234, device);
    private final int[] irb = new int[Subchannel.IRB_WORDS];

    @AfterEach
    void close() {
        device.release();
        fixture.close();
    }

    /** A program that is busy with its command until the device is released. */
    private void startWaiting() throws Exception {
        fixture.ccw(0, EchoDevice.WAIT, 0x40, 0, 0);
        fixture.ccw(1, 0x03, 0, 0, 0);
        assertThat(subchannel.start(new Orb(PARAMETER, FORMAT_1, PROGRAM))).isZero();
        device.awaitArrival();
    }

    @Test
    void aSubchannelBeginsAsTheArchitectureSays() {
        assertThat(subchannel.store())
                .containsExactly(0, 0x0001_1234, 0x8000_0080, 0x0000_ff80, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(fixture.channels().find(0x0001_0000)).isSameAs(subchannel);
        assertThat(fixture.channels().find(0x0001_0001)).isNull();
        assertThat(fixture.channels().find(0x0003_0000)).as("another set").isNull();
        assertThatThrownBy(() -> fixture.channels().add(0x1234, device))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device number 0x1234: there is such a device");
        assertThatThrownBy(() -> fixture.channels().add(0x10000, device)).hasMessageContaining("0x10000");
    }

    @Test
    void whatIsNotEnabledIsNotOperational() {
        assertThat(subchannel.start(new Orb(0, FORMAT_1, PROGRAM))).isEqualTo(3);
        assertThat(subchannel.test(irb)).isEqualTo(3);
        assertThat(subchannel.clear()).isEqualTo(3);
        assertThat(subchannel.halt()).isEqualTo(3);
        assertThat(subchannel.resume()).isEqualTo(3);
        assertThat(subchannel.cancel()).isEqualTo(3);
        assertThat(fixture.channels().notify(0x0001_0000, 0)).isFalse();
        subchannel.attention();
        assertThat(ChannelFixture.isStatusPending(subchannel)).isFalse();
    }

    @Test
    void onlyWhatMayBeModifiedIs() {
        int[] ones = new int[Subchannel.SCHIB_WORDS];
        Arrays.fill(ones, -1);
        assertThat(Subchannel.isValid(ones)).isFalse();
        ones[1] = 0x38bf_ffff;
        ones[6] = 5;
        assertThat(Subchannel.isValid(ones)).isTrue();
        assertThat(subchannel.modify(ones)).isZero();
        assertThat(subchannel.store())
                .containsExactly(-1, 0x38bd_1234, 0xff00_0080, 0xffff_ff80, 0, 0, 5, 0, 0, 0, -1, -1, 0);
        ones[1] = 0x00e0_0000;
        assertThat(Subchannel.isValid(ones)).as("both limit modes").isFalse();
        ones[1] = 0x0400_0000;
        assertThat(Subchannel.isValid(ones)).isFalse();
        ones[1] = 0;
        ones[6] = 2;
        assertThat(Subchannel.isValid(ones)).isFalse();
    }

    @Test
    void theEndIsAnInterruptionThatTestSubchannelTakesBack() {
        ChannelFixture.enable(subchannel, 0, 0);
        assertThat(subchannel.test(irb)).isEqualTo(1);
        fixture.ccw(0, 0x03, 0, 0, 0);
        assertThat(subchannel.start(new Orb(PARAMETER, FORMAT_1, PROGRAM))).isZero();
        fixture.await("status", () -> ChannelFixture.isStatusPending(subchannel));
        assertThat(subchannel.start(new Orb(0, FORMAT_1, PROGRAM))).isEqualTo(1);
        assertThat(subchannel.modify(subchannel.store())).isEqualTo(1);
        assertThat(subchannel.halt()).isEqualTo(1);
        assertThat(subchannel.resume()).isEqualTo(1);
        assertThat(subchannel.cancel()).isEqualTo(1);
        assertThat(subchannel.test(irb)).isZero();
        assertThat(fixture.takeInterruption()).as("withdrawn").isNull();
        assertThat(subchannel.test(irb)).isEqualTo(1);
        assertThat(irb[0] & 0x7fff).isZero();

        assertThat(subchannel.start(new Orb(PARAMETER, FORMAT_1, PROGRAM))).isZero();
        fixture.await("status", () -> ChannelFixture.isStatusPending(subchannel));
        IoInterruption taken = fixture.takeInterruption();
        assertThat(taken.subsystemId()).isEqualTo(0x0001_0000);
        assertThat(taken.parameter()).isEqualTo(PARAMETER);
        assertThat(taken.word()).isEqualTo(WORD_OF_SUBCLASS_3);
        assertThat(ChannelFixture.isStatusPending(subchannel)).isTrue();
        assertThat(subchannel.test(irb)).isZero();
    }

    @Test
    void haltEndsAProgramBetweenTwoCommands() throws Exception {
        ChannelFixture.enable(subchannel, 0, 0);
        startWaiting();
        assertThat(subchannel.start(new Orb(0, FORMAT_1, PROGRAM))).isEqualTo(2);
        assertThat(subchannel.modify(subchannel.store())).isEqualTo(2);
        assertThat(subchannel.cancel()).isEqualTo(2);
        assertThat(subchannel.resume()).as("it cannot be suspended").isEqualTo(2);
        assertThat(subchannel.halt()).isZero();
        assertThat(subchannel.halt()).isEqualTo(2);
        assertThat(subchannel.test(irb)).isEqualTo(1);
        device.release();
        assertThat(fixture.awaitStatus(subchannel)[0] & 0xffff)
                .as("start and halt function, primary status")
                .isEqualTo(0x6005);
    }

    @Test
    void clearEndsEverything() throws Exception {
        ChannelFixture.enable(subchannel, 0, 0);
        startWaiting();
        assertThat(subchannel.halt()).isZero();
        assertThat(subchannel.clear()).isZero();
        assertThat(subchannel.clear()).isZero();
        assertThat(subchannel.halt()).isEqualTo(2);
        device.release();
        int[] status = fixture.awaitStatus(subchannel);
        assertThat(status[0]).isEqualTo(0x1001);
        assertThat(status[2]).isZero();

        fixture.ccw(0, 0x03, 0, 0, 0);
        assertThat(subchannel.start(new Orb(PARAMETER, FORMAT_1, PROGRAM))).isZero();
        fixture.await("status", () -> ChannelFixture.isStatusPending(subchannel));
        assertThat(subchannel.clear()).as("status that was pending is gone").isZero();
        assertThat(fixture.awaitStatus(subchannel)[0]).isEqualTo(0x1001);
        assertThat(fixture.takeInterruption()).isNull();
    }

    @Test
    void aHaltOfWhatDoesNothingIsAnInterruptionToo() {
        ChannelFixture.enable(subchannel, 0, 0);
        assertThat(subchannel.halt()).isZero();
        assertThat(fixture.awaitStatus(subchannel)[0] & 0xffff).isEqualTo(0x2001);
    }

    @Test
    void aFunctionThatHasNotBegunCanBeCancelled() throws Exception {
        ChannelFixture.enable(subchannel, 0, 0);
        assertThat(subchannel.cancel()).isEqualTo(2);
        device.waitInWork();
        assertThat(fixture.channels().notify(0x0001_0000, 0)).isTrue();
        device.awaitArrival();
        assertThat(subchannel.start(new Orb(PARAMETER, FORMAT_1, PROGRAM))).isZero();
        assertThat(subchannel.store()[7] & 0xffff)
                .as("start function, start pending")
                .isEqualTo(0x4400);
        assertThat(subchannel.cancel()).isZero();
        device.release();
        assertThat(subchannel.modify(subchannel.store())).isZero();
        assertThat(fixture.run(subchannel, 0x03, 0, 0)[0] & 0xffff).isEqualTo(0x4007);
    }

    @Test
    void aPathThatIsNoneIsADeferredConditionCode() {
        ChannelFixture.enable(subchannel, 0, 0);
        int[] status = fixture.run(subchannel, 0x0080_4000);
        assertThat(status[0]).isEqualTo(0x0380_4001);
        assertThat(subchannel.store()[2]).as("the mask of the request").isEqualTo(0x4000_0080);
    }

    @Test
    void attentionWaitsForTheEndOfAFunction() throws Exception {
        ChannelFixture.enable(subchannel, 0, 0);
        subchannel.attention();
        subchannel.attention();
        assertThat(fixture.awaitStatus(subchannel)[0] & 0xffff).isEqualTo(0x0011);
        assertThat(subchannel.test(irb)).isEqualTo(1);

        startWaiting();
        subchannel.attention();
        assertThat(ChannelFixture.isStatusPending(subchannel)).isFalse();
        device.release();
        assertThat(fixture.awaitStatus(subchannel)[0] & 0xffff).isEqualTo(0x4007);
        assertThat(ChannelFixture.isStatusPending(subchannel)).isTrue();
        assertThat(fixture.takeInterruption().word()).isEqualTo(WORD_OF_SUBCLASS_3);
        assertThat(fixture.awaitStatus(subchannel)[0] & 0xffff).isEqualTo(0x0011);
        assertThat(subchannel.test(irb)).isEqualTo(1);
    }

    @Test
    void theDeviceIsToldOnceThatItWasEnabled() {
        ChannelFixture.enable(subchannel, 0, 0);
        ChannelFixture.enable(subchannel, 0, 0);
        fixture.run(subchannel, 0x03, 0, 0);
        fixture.run(subchannel, 0x03, 0, 0);
        assertThat(device.enabledCount()).isEqualTo(1);
        int[] schib = subchannel.store();
        schib[1] &= ~0x0080_0000;
        assertThat(subchannel.modify(schib)).isZero();
        ChannelFixture.enable(subchannel, 0, 0);
        fixture.run(subchannel, 0x03, 0, 0);
        assertThat(device.enabledCount()).isEqualTo(2);
    }

    @Test
    void aNotificationReachesTheDevice() {
        ChannelFixture.enable(subchannel, 0, 0);
        int before = device.workCount();
        assertThat(fixture.channels().notify(0x0001_0000, 0)).isTrue();
        fixture.await("work", () -> device.workCount() > before);
        assertThat(fixture.channels().notify(0x0001_0000, 1)).isFalse();
        assertThat(fixture.channels().notify(0x0001_0001, 0)).isFalse();
        assertThat(fixture.channels().notify(0, 0)).isFalse();
    }

    @Test
    void resetEndsAProgramThatIsSuspendedOrRunsAndTakesTheInterruption() {
        ChannelFixture.enable(subchannel, 0, 0);
        fixture.ccw(0, 0x03, 0x02, 0, 0);
        assertThat(subchannel.start(new Orb(PARAMETER, FORMAT_1 | 0x0800_0000, PROGRAM)))
                .isZero();
        fixture.await("suspended", () -> ChannelFixture.isStatusPending(subchannel));
        fixture.channels().reset();
        assertThat(device.resetCount()).isEqualTo(1);
        assertThat(fixture.takeInterruption()).isNull();
        assertThat(subchannel.store())
                .containsExactly(0, 0x0001_1234, 0x8000_0080, 0x0000_ff80, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        ChannelFixture.enable(subchannel, 0, 0);
        fixture.ccw(0, 0x03, 0x40, 0, 0);
        fixture.ccw(1, 0x08, 0, 0, PROGRAM);
        assertThat(subchannel.start(new Orb(PARAMETER, FORMAT_1, PROGRAM))).isZero();
        fixture.channels().reset();
        assertThat(device.resetCount()).isEqualTo(2);
        ChannelFixture.enable(subchannel, 0, 0);
        assertThat(fixture.run(subchannel, 0x03, 0, 0)[0] & 0xffff).isEqualTo(0x4007);
    }

    @Test
    void channelReports() {
        assertThat(fixture.channels().resetPath(1)).isEqualTo(3);
        assertThat(fixture.channels().takeReport()).isZero();
        for (int i = 0; i < ChannelReports.MOST + 1; i++) {
            assertThat(fixture.channels().resetPath(0)).isZero();
        }
        assertThat(fixture.vcpu().machine().injectChannelReport())
                .as("one is pending")
                .isEqualTo(InjectResult.COALESCED);
        for (int i = 1; i < ChannelReports.MOST; i++) {
            assertThat(fixture.channels().takeReport()).isEqualTo(0x4402_0000);
        }
        assertThat(fixture.channels().takeReport()).as("some were lost").isEqualTo(0x6402_0000);
        assertThat(fixture.channels().takeReport()).isZero();
    }
}
