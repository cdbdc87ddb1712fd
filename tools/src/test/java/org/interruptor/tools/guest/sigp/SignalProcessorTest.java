package org.interruptor.tools.guest.sigp;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.cpu.SignalProcessor;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.PlatformStub;
import org.interruptor.tools.guest.cpu.Cpu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Condition codes and status of SIGNAL PROCESSOR, an order after the other; how orders contend is the guest {@code contention}. */
class SignalProcessorTest {
    private static final int ACCEPTED = 0;
    private static final int STATUS_STORED = 1;
    private static final int BUSY = 2;
    private static final int NOT_OPERATIONAL = 3;
    private static final int STATUS = 4;
    private static final long UNTOUCHED = 0x1111_1111_2222_2222L;

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private final Machine machine =
            Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(2).build();
    private final CpuStates states = new CpuStates(2, () -> {});
    private final SignalProcessor signals = new SignalProcessor(machine, states);
    private final Cpu sender = new Cpu(machine.vcpu(0), new PlatformStub());
    private final Cpu target = new Cpu(machine.vcpu(1), new PlatformStub());

    SignalProcessorTest() {
        states.operate(0);
        states.operate(1);
        sender.gr(STATUS, UNTOUCHED);
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    private int signal(int order, long parameter) {
        return signals.signal(sender, order, 1, STATUS, parameter);
    }

    private int signal(SigpOrder order) {
        for (int code = 0; code < 256; code++) {
            if (SigpOrder.ofCode(code) == order) {
                return signal(code, 0);
            }
        }
        throw new AssertionError(order);
    }

    /** The addressed CPU's half of a stop, as the main loop does it. */
    private void takeStop() {
        assertThat(target.vcpu().deliverPending()).isNotEqualTo(Vcpu.FAULT);
        assertThat(target.vcpu().takeStopOnStop()).isTrue();
        target.vcpu().stop();
        signals.stopped(target);
    }

    /** Set architecture, conditional emergency signal and orders that nobody has. */
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x07, 0x12, 0x13, 0xff})
    void anOrderThatThisMachineLacksIsInvalid(int code) {
        assertThat(signal(code, 0)).isEqualTo(STATUS_STORED);
        assertThat(sender.gr(STATUS))
                .as("bit 62: invalid order; bits 0 to 31 stay")
                .isEqualTo(0x1111_1111_0000_0002L);
        assertThat(states.order(1)).isNull();
    }

    @Test
    void aCpuThatIsNotThereIsNotOperational() {
        for (int address : new int[] {2, 0x8000, 0xffff}) {
            assertThat(signals.signal(sender, 0x01, address, STATUS, 0)).isEqualTo(NOT_OPERATIONAL);
            assertThat(signals.signal(sender, 0x02, address, STATUS, 0)).isEqualTo(NOT_OPERATIONAL);
        }
        assertThat(sender.gr(STATUS)).isEqualTo(UNTOUCHED);
    }

    @Test
    void whileAnOrderIsUnderWayAllButEmergencySignalsAreBusy() {
        assertThat(signal(SigpOrder.STOP)).isEqualTo(ACCEPTED);
        for (SigpOrder order : SigpOrder.values()) {
            boolean needsNoOrder = order == SigpOrder.EMERGENCY_SIGNAL
                    || order == SigpOrder.EXTERNAL_CALL
                    || order == SigpOrder.SENSE_RUNNING_STATUS;
            assertThat(signal(order)).as(order.name()).isEqualTo(needsNoOrder ? ACCEPTED : BUSY);
        }
        assertThat(sender.gr(STATUS)).isEqualTo(UNTOUCHED);

        takeStop();
        assertThat(signal(SigpOrder.SENSE)).isEqualTo(STATUS_STORED);
        assertThat(sender.gr32(STATUS)).as("stopped").isEqualTo(0x40);
    }

    @Test
    void ordersThatNeedAStoppedCpuFindItsStateIncorrect() {
        for (SigpOrder order : new SigpOrder[] {SigpOrder.SET_PREFIX, SigpOrder.STORE_STATUS_AT_ADDRESS}) {
            assertThat(signal(order)).isEqualTo(STATUS_STORED);
            assertThat(sender.gr32(STATUS)).as("incorrect state").isEqualTo(0x200);
            assertThat(states.order(1)).isNull();
        }
    }

    @Test
    void aParameterOutsideStorageIsInvalid() {
        for (int order : new int[] {0x0d, 0x0e}) {
            assertThat(signal(order, 0x7fff_e000)).isEqualTo(STATUS_STORED);
            assertThat(sender.gr32(STATUS)).as("invalid parameter").isEqualTo(0x100);
        }
    }
}
