package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.Test;

/** Section 8: what a listener is told, and that what it throws does no harm. */
class EventsTest {
    /** Throws whatever it is told, an error each time. */
    private static final class Throwing implements EngineListener {
        @Override
        public void onInject(int vcpu, InterruptionType type, int parameter, long parameter64) {
            throw new AssertionError("onInject");
        }

        @Override
        public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
            throw new AssertionError("onDeliver");
        }

        @Override
        public void onWait(int vcpu) {
            throw new AssertionError("onWait");
        }

        @Override
        public void onWaitEnd(int vcpu, WaitOutcome outcome) {
            throw new AssertionError("onWaitEnd");
        }

        @Override
        public void onFault(LowcoreFault fault) {
            throw new AssertionError("onFault");
        }
    }

    @Test
    void eachInjectionIsToldWithItsTargetTypeAndParameters() {
        TestMachine machine = TestMachine.of(2);
        machine.machine().injectService(-1);
        machine.machine().injectVirtio(2, -3);
        machine.cpu(1).emergency().restart().stopOrder().program(4).raise(5).setPrefix(0x6000);

        assertThat(machine.recorder().events())
                .containsExactly(
                        "inject -1 service -1 0",
                        "inject -1 virtio 2 -3",
                        "inject 1 emergency 0 0",
                        "inject 1 restart 0 0",
                        "inject 1 stop 0 0",
                        "inject 1 program 4 0",
                        "inject 1 program 5 0",
                        "inject 1 set-prefix 24576 0");
    }

    @Test
    void eachDeliveryIsToldWithItsVcpuTypeAndParameters() {
        TestMachine machine = TestMachine.of(2);
        machine.machine().injectService(-1);
        machine.machine().injectVirtio(2, -3);
        machine.cpu(1)
                .emergency()
                .restart()
                .stopOrder()
                .program(4)
                .setPrefix(0x4000)
                .comparatorDue()
                .deliver();

        assertThat(machine.recorder().events().stream().filter(event -> event.startsWith("deliver")))
                .containsExactly(
                        "deliver 1 program 4 0",
                        "deliver 1 emergency 0 0",
                        "deliver 1 restart 0 0",
                        "deliver 1 stop 0 0",
                        "deliver 1 set-prefix 16384 0",
                        "deliver 1 clock-comparator 0 0",
                        "deliver 1 service -1 0",
                        "deliver 1 virtio 2 -3");
    }

    @Test
    void aDeliveryIsToldWhenPswAndLowcoreAreAsTheGuestWillSeeThem() {
        TestMachine machine = TestMachine.of(1);
        TestVcpu cpu = machine.cpu(0).emergency();
        machine.recorder().atNextDelivery(() -> {
            assertThat(cpu.registers().pswAddress()).isEqualTo(TestMachine.EXTERNAL_NEW_ADDRESS);
            assertThat(machine.storage().getShort(0x2086)).isEqualTo((short) 0x1201);
            assertThat(cpu.counter(Counter.DELIVER_EMERGENCY_SIGNAL)).isEqualTo(1);
        });
        cpu.deliver();

        assertThat(machine.errors()).isEmpty();
    }

    @Test
    void eachWaitIsToldOnceWithHowItEnded() {
        TestMachine machine = TestMachine.of(2);
        machine.cpu(1).waits().endWait(); // goes on
        machine.cpu(1).handle().kick();
        machine.cpu(1).endWait();
        machine.cpu(0).pswMask(0).beginWait();

        assertThat(machine.recorder().events())
                .containsExactly("wait 1", "wait ended 1 KICKED", "wait 0", "wait ended 0 DISABLED");
    }

    @Test
    void aListenerThatThrowsDoesNoHarmAndTheErrorHandlerHearsOfIt() {
        TestMachine machine = TestMachine.of(1, options -> options.listener(new Throwing()));
        Vcpu vcpu = machine.cpu(0).restart().vcpu();
        machine.virtio(1);

        assertThat(vcpu.deliverPending()).isEqualTo(2);
        assertThat(machine.cpu(0).waits().emergency().endWait()).isEqualTo(WaitOutcome.READY);
        machine.cpu(0).prefix(1);
        assertThat(vcpu.deliverPending()).isEqualTo(Vcpu.FAULT);
        assertThat(machine.errors())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "onInject", "onInject", "onDeliver", "onDeliver", "onWait", "onInject", "onWaitEnd", "onFault");
    }

    @Test
    void anErrorHandlerThatThrowsDoesNoHarmEither() {
        TestMachine machine = TestMachine.of(
                1,
                options -> options.listener(new Throwing()).errorHandler(thrown -> {
                    throw new IllegalStateException(thrown);
                }));
        Vcpu vcpu = machine.cpu(0).restart().vcpu();

        assertThat(vcpu.deliverPending()).isEqualTo(1);
        assertThat(vcpu.beginWait(() -> {
                    throw new IllegalStateException("from the callback");
                }))
                .isEqualTo(WaitOutcome.WAITING);
        machine.cpu(0).emergency();
        assertThat(vcpu.endWait()).isEqualTo(WaitOutcome.READY);
    }

    @Test
    void withoutAnErrorHandlerTheThreadsUncaughtExceptionHandlerHearsOfIt() throws InterruptedException {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Machine machine = Machine.builder(GuestMemory.wrap(new byte[0x2000]))
                .rules(Rules.ORIGINAL)
                .listener(new Throwing())
                .build();
        Thread injector = new Thread(() -> machine.injectVirtio(1, 2));
        injector.setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        injector.start();
        injector.join();

        assertThat(uncaught).hasSize(1).first().isInstanceOf(AssertionError.class);
        assertThat(machine.floatingQueued()).isEqualTo(1);
    }

    @Test
    void aListenerNeedsToImplementNothing() {
        TestMachine machine = TestMachine.of(1, options -> options.listener(new EngineListener() {}));
        machine.cpu(0).restart().vcpu().deliverPending();
        machine.cpu(0).waits().emergency().endWait();
        machine.cpu(0).prefix(1).vcpu().deliverPending();

        assertThat(machine.errors()).isEmpty();
    }
}
