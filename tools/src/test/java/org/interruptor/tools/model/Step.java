package org.interruptor.tools.model;

/**
 * The steps of {@code scenario.md}, as parsed: each number is within the width that its place allows. Whether the vCPU exists
 * and may do the step now is for {@link ModelReplay} to find out. Types of interruptions are raw numbers, valid or not.
 */
sealed interface Step {

    record CreateMachine(long vcpus, long memory) implements Step {}

    record SetClock(long tod) implements Step {}

    record SetRegister(long vcpu, String register, long value) implements Step {}

    /** {@code bytes} are pairs of hexadecimal digits. */
    record Store(long address, String bytes) implements Step {}

    record InjectVm(long type, long parm, long parm64) implements Step {}

    record InjectVcpu(long vcpu, long type, long parm) implements Step {}

    record InjectProgram(long vcpu, long code) implements Step {}

    record Deliver(long vcpu) implements Step {}

    record Pending(long vcpu) implements Step {}

    record EnterWait(long vcpu) implements Step {}

    record Kick(long vcpu) implements Step {}

    record Dump(long vcpu) implements Step {}
}
