package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;
    private static final long WAIT = 0x0002_0000_0000_0000L;
    private static final long EMERGENCY = 0x4000;
    private static final long COMPARATOR = 0x800;
    private static final long FLOATING = 0x200;

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private final SettableTodClock clock = new SettableTodClock(0);
    private final Machine machine =
            Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(2).clock(clock).build();
    private final VcpuHandle handle = machine.vcpu(0);

    private Vcpu vcpu() {
        return Guest.own(handle);
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    private void registers(long pswMask, long control0) {
        vcpu().registers().psw(pswMask, 0);
        vcpu().registers().control(0, control0);
    }

    @Test
    void namesThePswBitThatHoldsAllBack() {
        registers(0, EMERGENCY | FLOATING);
        handle.injectEmergency();
        handle.injectEmergency();
        machine.injectService(1);
        vcpu().deliverPending();

        assertThat(vcpu().explain()).isEqualTo("""
                        vCPU 0 is not in the wait
                          PSW mask 0x0000000000000000: all zero
                          gates: emergency closed by the PSW's external mask; clock-comparator closed by the PSW's external mask and CR0 0x800; service and virtio closed by the PSW's external mask
                          pending: 2 emergency, held back by the PSW's external mask
                          pending: 1 service, for any vCPU, held back by the PSW's external mask
                          also: a request: leave guest code when a PSW opens external interruptions
                          so: it runs guest code; the guest has to open the gate
                        """);
    }

    @Test
    void namesTheSubclassMaskThatHoldsOneBack() {
        registers(EXTERNAL, FLOATING);
        handle.injectEmergency();
        machine.injectVirtio(1, 1);

        assertThat(vcpu().explain())
                .contains("pending: 1 emergency, held back by CR0 0x4000\n")
                .contains("pending: 1 virtio, for any vCPU, may be taken\n")
                .contains("also: attention")
                .contains("so: its thread has to call deliverPending()\n")
                .doesNotContain("pending: nothing");
        vcpu().deliverPending();
        vcpu().registers().psw(EXTERNAL, 0);
        assertThat(vcpu().explain())
                .contains("a request: leave guest code when CR0 is loaded")
                .doesNotContain("virtio, for any vCPU");
    }

    @Test
    void saysOfAQuietVcpuThatNothingIsThere() {
        registers(EXTERNAL, EMERGENCY | COMPARATOR | FLOATING);
        vcpu().registers().clockComparator(-1);
        vcpu().deliverPending();

        assertThat(vcpu().explain()).isEqualTo("""
                        vCPU 0 is not in the wait
                          PSW mask 0x0100000000000000: external mask
                          gates: emergency open; clock-comparator open; service and virtio open
                          pending: nothing
                          so: it runs guest code, and nothing is pending
                        """);
    }

    @Test
    void countsTheFloatingOnesThatItDoesNotTellApart() {
        try (Machine large = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .floatingCapacity(8192)
                .clock(clock)
                .build()) {
            large.injectService(1);
            large.injectVirtio(1, 1);
            large.injectVirtio(1, 1);
            assertThat(Guest.own(large.vcpu(0)).explain())
                    .contains("pending: 1 service", "pending: 2 virtio")
                    .doesNotContain("more floating ones");
            for (int i = 3; i < FloatingRing.COUNTED_AT_MOST + 5; i++) {
                large.injectVirtio(1, 1);
            }
            assertThat(Guest.own(large.vcpu(0)).explain())
                    .contains("pending: 4095 virtio", "pending: 5 more floating ones, held back by");
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000000,1.0 s", "2500000,2.5 ms", "1000000,1.0 ms", "250000,250.0 us"})
    void givesSpansInAUnitThatFits(long nanos, String span) {
        registers(EXTERNAL | WAIT, COMPARATOR);
        vcpu().registers().clockComparator(TodClock.fromNanos(nanos));
        assertThat(vcpu().beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);

        assertThat(vcpu().explain()).contains("the clock comparator (in " + span + ")");
    }

    @Test
    void listsTheLocalQueueInItsOrder() {
        registers(EXTERNAL, EMERGENCY);
        handle.injectRestart();
        handle.injectEmergency();
        handle.injectEmergency();
        handle.injectSetPrefix(0x6000);
        handle.injectProgram(0x11);

        assertThat(vcpu().explain())
                .containsSubsequence(
                        "pending: 1 program 0x11, may be taken",
                        "pending: 1 restart, may be taken",
                        "pending: 2 emergency, may be taken",
                        "pending: 1 set-prefix 0x6000, may be taken");
        assertThat(machine.explain())
                .contains("pending: 3 of program, stop, set-prefix and restart, may be taken")
                .contains("pending: 2 emergency, may be taken")
                .contains("vCPU 1 is not in the wait");
    }

    @Test
    void cutsALongList() {
        for (int i = 0; i < 16; i++) {
            handle.injectRestart();
        }
        assertThat(vcpu().explain()).doesNotContain("more behind these");
        for (int i = 0; i < 4; i++) {
            handle.injectRestart();
        }

        assertThat(vcpu().explain()).contains("pending: 4 more");
    }

    @Test
    void saysWhatWouldWakeAWaitingVcpu() {
        registers(EXTERNAL | WAIT, EMERGENCY | COMPARATOR);
        vcpu().registers().clockComparator(TodClock.fromNanos(2_500_000_000L));
        machine.injectService(1);
        assertThat(vcpu().beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);

        assertThat(vcpu().explain())
                .startsWith("vCPU 0 waits, parked, for an unknown time\n")
                .contains("PSW mask 0x0102000000000000: external mask, wait state")
                .contains("service, for any vCPU, held back by CR0 0x200")
                .contains("so: it sleeps until it is woken by program, stop, set-prefix, restart, emergency,"
                        + " the clock comparator (in 2.5 s), a kick or closing");
    }

    @Test
    void saysThatAWokenVcpuHasNotComeOut() {
        registers(EXTERNAL | WAIT, EMERGENCY);
        vcpu().beginWait(() -> {});
        handle.injectEmergency();

        assertThat(machine.explain())
                .contains("vCPU 0 was woken")
                .contains("so: its thread has to come out of enterWait(), or call endWait() after the callback");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void saysForHowLongABlockedThreadHasBeenParked() throws InterruptedException {
        registers(EXTERNAL | WAIT, EMERGENCY);
        vcpu().unbind();
        Thread thread = new Thread(() -> {
            Vcpu own = handle.bind();
            own.enterWait();
            own.unbind();
        });
        thread.start();
        while (handle.waitWord().state() != WaitWord.PARKED || parkedNanos() < 1_000_000) {
            Thread.onSpinWait();
        }
        assertThat(machine.explain()).startsWith("vCPU 0 waits, parked, for at least "); // the first look knows
        handle.kick();
        thread.join();
        handle.bind().deliverPending();

        assertThat(vcpu().explain())
                .startsWith("vCPU 0 is not in the wait\n")
                .contains("its PSW is a wait PSW: its thread has to call enterWait() or beginWait()");
    }

    private long parkedNanos() {
        long parkedAt = handle.owner().waiting().parkedAt();
        return parkedAt == 0 ? 0 : System.nanoTime() - parkedAt;
    }

    @Test
    void knowsADisabledWait() {
        registers(WAIT, EMERGENCY);

        assertThat(vcpu().explain()).contains("so: it is in a disabled wait: the guest has halted or crashed");
    }

    @Test
    void tellsOfAStoppedVcpu() {
        registers(EXTERNAL, FLOATING);
        machine.injectVirtio(1, 1);
        vcpu().stop();
        vcpu().deliverPending();
        assertThat(vcpu().explain())
                .startsWith("vCPU 0 is stopped and is not in the wait\n")
                .contains("held back by being stopped")
                .contains("so: it takes no external interruption until start()");

        vcpu().beginWait(() -> {});
        assertThat(vcpu().explain()).contains("restart, start(), a kick or closing");
    }

    @Test
    void knowsThatAStoppedVcpuSleepsOnAtAnEmergencySignal() {
        registers(EXTERNAL, EMERGENCY);
        vcpu().stop();
        handle.injectEmergency();
        vcpu().beginWait(() -> {});

        assertThat(vcpu().explain())
                .contains("1 emergency, held back by being stopped")
                .doesNotContain("may be taken")
                .doesNotContain("defect");
    }

    @Test
    void tellsOfAFault() {
        vcpu().registers().prefix(0xffff_e000L);
        handle.injectRestart();
        vcpu().deliverPending();

        assertThat(vcpu().explain()).contains("the lowcore at prefix 0xffffe000 is not in storage");
    }

    @Test
    void tellsOfKicksAndStops() {
        handle.kick();
        handle.injectStop();

        assertThat(machine.explain()).contains("a kick, not yet taken").contains("stop-on-stop, action not yet taken");
    }

    @Test
    void tellsOfAClockComparatorThatIsDueAndMasked() {
        registers(EXTERNAL, EMERGENCY);
        vcpu().registers().clockComparator(1);
        clock.set(2);

        assertThat(vcpu().explain()).contains("pending: 1 clock-comparator, due, held back by CR0 0x800");
    }

    @Test
    void tellsOfAClosedMachine() {
        machine.close();

        assertThat(vcpu().explain())
                .startsWith("vCPU 0 does not run: the machine is closed")
                .contains("so: nothing will be delivered any more");
    }

    @Test
    void isForTheOwnThreadWhereTheQueueIsListed() throws InterruptedException {
        vcpu().unbind();
        Thread binder = new Thread(handle::bind);
        binder.start();
        binder.join();

        assertThatThrownBy(handle.owner()::explain).isInstanceOf(IllegalStateException.class);
        assertThat(machine.explain()).contains("vCPU 0");
    }
}
