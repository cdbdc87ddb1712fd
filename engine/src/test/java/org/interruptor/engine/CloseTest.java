package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.contract.InjectResult.ACCEPTED;
import static org.interruptor.engine.contract.InjectResult.CLOSED;
import static org.interruptor.engine.gate.InterruptionType.RESTART;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 10: closing a machine. */
class CloseTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    @Test
    void aMachineIsOpenUntilItIsClosed() {
        assertThat(machine.machine().isClosed()).isFalse();
        machine.machine().close();

        assertThat(machine.machine().isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOCK_COMPARATOR")
    void injectionsAreRefusedFromThenOnWithoutEffect(InterruptionType type) {
        machine.machine().close();

        assertThat(
                        type.isFloating()
                                ? machine.machine().inject(type.rawNumber(), 1, 2)
                                : cpu.handle().inject(type.rawNumber(), 1))
                .isEqualTo(CLOSED);
        assertThat(machine.recorder().events()).isEmpty();
        assertThat(cpu.handle().accepted() + machine.machine().floatingAccepted())
                .isZero();
        assertThat(cpu.handle().isStopOnStop()).isFalse();
        assertThat(cpu.counter(Counter.REFUSED) + machine.machine().floatingRefused())
                .isEqualTo(1);
    }

    @Test
    void theVcpusOwnAreRefusedToo() {
        machine.machine().close();

        assertThat(cpu.vcpu().raiseProgram(1)).isEqualTo(CLOSED);
    }

    @Test
    void whatIsQueuedIsDiscardedAndCounted() {
        cpu.mask(EMERGENCY).emergency().restart().deliver();
        cpu.program(1).raise(2).stopOrder();
        machine.virtio(1).virtio(2);
        machine.machine().close();

        assertThat(cpu.handle().discarded()).isEqualTo(4);
        assertThat(cpu.handle().queued()).isZero();
        assertThat(cpu.queued()).isEmpty();
        assertThat(machine.machine().floatingDiscarded()).isEqualTo(2);
        assertThat(machine.machine().floatingQueued()).isZero();
        assertThat(machine.machine().queuedFloating()).isEmpty();
    }

    @Test
    void nothingIsDiscardedAsLongAsTheMachineIsOpen() {
        cpu.restart();
        machine.virtio(1);

        assertThat(cpu.handle().discarded()).isZero();
        assertThat(machine.machine().floatingDiscarded()).isZero();
    }

    @Test
    void nothingIsDeliveredAndNothingPendingFromThenOn() {
        cpu.restart().comparatorDue();
        machine.virtio(1);
        machine.machine().close();

        assertThat(cpu.vcpu().isPending()).isFalse();
        assertThat(machine.stored(() -> assertThat(cpu.vcpu().deliverPending()).isEqualTo(Vcpu.CLOSED)))
                .isEmpty();
        assertThat(machine.recorder().delivered()).isEmpty();
    }

    @Test
    void guestCodeHasToBeLeftForGood() {
        machine.machine().close();
        assertThat(cpu.vcpu().isAttention()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(cpu.vcpu().deliverPending()).isEqualTo(Vcpu.CLOSED);
            assertThat(cpu.vcpu().isAttention()).isTrue();
            cpu.vcpu().takeKick();
            assertThat(cpu.vcpu().isAttention()).isTrue();
            cpu.handle().kick();
        }
        cpu.vcpu().reset();

        assertThat(cpu.vcpu().isAttention()).isTrue();
    }

    @Test
    void closingAgainDoesNoHarmAndChangesNoCount() {
        cpu.restart();
        for (int i = 0; i < 3; i++) {
            machine.machine().close();
            assertThat(cpu.handle().discarded()).isEqualTo(1);
        }
    }

    @Test
    void storageStaysAsItIs() {
        cpu.emergency().deliver();
        machine.machine().close();

        assertThat(machine.storage().getShort(cpu.lowcore() + 0x86)).isEqualTo((short) 0x1201);
    }

    @Test
    void aResetOnAClosedMachineCountsNothingTwice() {
        cpu.restart().emergency();
        machine.machine().close();
        cpu.vcpu().reset();

        assertThat(cpu.handle().discarded()).isEqualTo(2);
        assertThat(cpu.handle().queued()).isZero();
    }

    @Test
    void aCloseInTheMiddleOfAPassDiscardsTheRest() {
        cpu.restart().stopOrder().emergency();
        machine.virtio(1);
        machine.recorder().atNextDelivery(machine.machine()::close);
        assertThat(cpu.deliver()).containsExactly(RESTART);

        assertThat(cpu.handle().accepted()).isEqualTo(3);
        assertThat(cpu.handle().discarded()).isEqualTo(2);
        assertThat(machine.machine().floatingDiscarded()).isEqualTo(1);
    }

    /** Injectors, vCPUs and several closers at once; what was accepted is delivered, queued or discarded, whenever one asks. */
    @Test
    void closingWhileAllAreAtItLosesNothingAndAllComeOut() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            TestMachine busy =
                    TestMachine.of(2, options -> options.localCapacity(16).floatingCapacity(16));
            AtomicLong accepted = new AtomicLong();
            CountDownLatch started = new CountDownLatch(4);
            List<Thread> threads = new ArrayList<>();
            for (TestVcpu target : busy.cpus()) {
                threads.add(new Thread(() -> injectUntilClosed(target.handle(), accepted, started)));
                threads.add(new Thread(() -> runUntilClosed(target.handle(), started)));
            }
            threads.forEach(Thread::start);
            started.await();
            Thread closer = new Thread(busy.machine()::close);
            closer.start();
            busy.machine().close();
            threads.add(closer);
            for (Thread thread : threads) {
                thread.join(20_000);
                assertThat(thread.isAlive()).isFalse();
            }

            assertThat(busy.errors()).isEmpty();
            assertThat(accepted.get()).isEqualTo(accounted(busy));
            assertThat(busy.cpus()).allMatch(target -> target.handle().isAttention());
        }
    }

    private static void injectUntilClosed(VcpuHandle vcpu, AtomicLong accepted, CountDownLatch started) {
        started.countDown();
        InjectResult result;
        do {
            result = vcpu.injectRestart();
            accepted.addAndGet(result == ACCEPTED ? 1 : 0);
            accepted.addAndGet(vcpu.injectEmergency() == ACCEPTED ? 1 : 0);
            accepted.addAndGet(vcpu.machine().injectVirtio(1, 2) == ACCEPTED ? 1 : 0);
        } while (result != CLOSED);
    }

    private static void runUntilClosed(VcpuHandle handle, CountDownLatch started) {
        started.countDown();
        Vcpu vcpu = handle.bind();
        do {
            vcpu.deliverPending();
        } while (vcpu.enterWait() != WaitOutcome.CLOSED);
        vcpu.unbind();
    }

    private static long accounted(TestMachine machine) {
        Machine all = machine.machine();
        long accounted = all.floatingQueued() + all.floatingDiscarded();
        for (TestVcpu cpu : machine.cpus()) {
            accounted += cpu.handle().queued() + cpu.handle().discarded();
            for (InterruptionType type : InterruptionType.values()) {
                accounted += cpu.counter(type.counter());
            }
        }
        return accounted;
    }
}
