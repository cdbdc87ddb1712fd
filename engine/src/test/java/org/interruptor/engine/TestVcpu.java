package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.ENABLED;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.queue.ArrivedSignals;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;

/** A vCPU of a {@link TestMachine}. */
final class TestVcpu {
    /** What its PSW address is at first. */
    static final long ADDRESS_AT_FIRST = 0x1_2345_6789L;

    private final TestMachine machine;
    private final VcpuHandle handle;
    private final Vcpu vcpu;
    private final long lowcore;
    private final AtomicInteger wakeUps = new AtomicInteger();

    TestVcpu(TestMachine machine, VcpuHandle handle, long lowcore) {
        this.machine = machine;
        this.handle = handle;
        vcpu = handle.owner();
        this.lowcore = lowcore;
        vcpu.registers().prefix(lowcore);
        vcpu.registers().psw(ENABLED, ADDRESS_AT_FIRST);
        vcpu.registers().control(0, TestMachine.ALL_GATES);
        newPsw(Lowcore.EXTERNAL_NEW_PSW_MASK_OFFSET, ENABLED, TestMachine.EXTERNAL_NEW_ADDRESS);
        newPsw(Lowcore.PROGRAM_NEW_PSW_MASK_OFFSET, ENABLED, TestMachine.PROGRAM_NEW_ADDRESS);
        newPsw(Lowcore.RESTART_NEW_PSW_MASK_OFFSET, ENABLED, TestMachine.RESTART_NEW_ADDRESS);
    }

    /** For any thread. */
    VcpuHandle handle() {
        return handle;
    }

    /** For its own thread: that of the test, while no other has bound it. */
    Vcpu vcpu() {
        return Guest.own(handle);
    }

    Registers registers() {
        return vcpu.registers();
    }

    /** The absolute address of its lowcore, as set up. */
    long lowcore() {
        return lowcore;
    }

    // Set-up.

    private TestVcpu newPsw(int offset, long mask, long address) {
        GuestMemory storage = machine.storage();
        storage.putLong(lowcore + offset, mask);
        storage.putLong(lowcore + offset + 8, address);
        return this;
    }

    TestVcpu externalNewPsw(long mask) {
        return newPsw(Lowcore.EXTERNAL_NEW_PSW_MASK_OFFSET, mask, TestMachine.EXTERNAL_NEW_ADDRESS);
    }

    TestVcpu programNewPsw(long mask) {
        return newPsw(Lowcore.PROGRAM_NEW_PSW_MASK_OFFSET, mask, TestMachine.PROGRAM_NEW_ADDRESS);
    }

    TestVcpu restartNewPsw(long mask) {
        return newPsw(Lowcore.RESTART_NEW_PSW_MASK_OFFSET, mask, TestMachine.RESTART_NEW_ADDRESS);
    }

    TestVcpu pswMask(long mask) {
        registers().psw(mask, registers().pswAddress());
        return this;
    }

    TestVcpu cr0(long value) {
        registers().control(0, value);
        return this;
    }

    /** Closes gates in CR0. */
    TestVcpu mask(long gates) {
        return cr0(registers().control(0) & ~gates);
    }

    TestVcpu prefix(long value) {
        registers().prefix(value);
        return this;
    }

    TestVcpu comparator(long value) {
        registers().clockComparator(value);
        return this;
    }

    /** The clock comparator: due, by one unit. */
    TestVcpu comparatorDue() {
        return comparator(machine.clock().tod() + registers().epoch() - 1);
    }

    // Injection that must be accepted.

    private TestVcpu accepted(InjectResult result) {
        assertThat(result).isEqualTo(InjectResult.ACCEPTED);
        return this;
    }

    TestVcpu emergency() {
        return accepted(handle.injectEmergency());
    }

    TestVcpu stopOrder() {
        return accepted(handle.injectStop());
    }

    TestVcpu restart() {
        return accepted(handle.injectRestart());
    }

    TestVcpu setPrefix(int prefix) {
        return accepted(handle.injectSetPrefix(prefix));
    }

    TestVcpu program(int code) {
        return accepted(handle.injectProgram(code));
    }

    TestVcpu raise(int code) {
        return accepted(vcpu().raiseProgram(code));
    }

    /** One of a type, with parameters that do not matter; a floating one goes to the machine. */
    TestVcpu inject(InterruptionType type) {
        return switch (type) {
            case PROGRAM -> program(0x11);
            case STOP -> stopOrder();
            case SET_PREFIX -> setPrefix((int) lowcore);
            case RESTART -> restart();
            case EMERGENCY_SIGNAL -> emergency();
            case CLOCK_COMPARATOR -> comparatorDue();
            case SERVICE_SIGNAL -> accepted(handle.machine().injectService(0x22));
            case VIRTIO -> accepted(handle.machine().injectVirtio(0x33, 0x44));
            default -> throw new IllegalArgumentException(type + " is not one of the original's");
        };
    }

    /** Acts as if so many emergency signals had been accepted since the start. */
    TestVcpu emergenciesArrived(long count) {
        ArrivedSignals.set(handle.arrivals(), count);
        return this;
    }

    // The vCPU's own thread.

    /** What a pass does that takes nothing. */
    void sees() {
        handle.arrivals().look();
        handle.arrivals().lookAtMailbox();
        handle.arrivals().seen(false);
    }

    /** What one pass delivers, in order; it must not end by a fault. */
    List<InterruptionType> deliver() {
        int from = machine.recorder().delivered().size();
        int count = vcpu().deliverPending();
        List<InterruptionType> delivered = machine.recorder().delivered();
        assertThat(count).isEqualTo(delivered.size() - from);
        return delivered.subList(from, delivered.size());
    }

    /** A pass that must end by a fault. */
    LowcoreFault fault() {
        assertThat(vcpu().deliverPending()).isEqualTo(Vcpu.FAULT);
        return vcpu().fault();
    }

    /** Begins a wait. */
    WaitOutcome beginWait() {
        return vcpu().beginWait(wakeUps::incrementAndGet);
    }

    /** Begins a wait that must not end at once. */
    TestVcpu waits() {
        assertThat(beginWait()).isEqualTo(WaitOutcome.WAITING);
        return this;
    }

    WaitOutcome endWait() {
        return vcpu().endWait();
    }

    /** How often it was called back since the last call. */
    int takeWakeUps() {
        return wakeUps.getAndSet(0);
    }

    long counter(Counter counter) {
        return handle.counter(counter);
    }

    /** What is queued for it: the types and, of emergency signals, how many. */
    List<String> queued() {
        return vcpu().queuedLocal().stream()
                .map(queued -> queued.type().label() + (queued.count() > 1 ? "*" + queued.count() : ""))
                .toList();
    }
}
