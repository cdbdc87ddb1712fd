package org.interruptor.tools.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.Registers;

/** {@code dump N}: all of vCPU N's state. */
record DumpStep(long vcpu) implements Step {

    private static final List<Counter> COUNTERS = List.of(
            Counter.EXIT_WAIT_STATE,
            Counter.DELIVER_EMERGENCY_SIGNAL,
            Counter.DELIVER_SERVICE_SIGNAL,
            Counter.DELIVER_VIRTIO_INTERRUPT,
            Counter.DELIVER_STOP_SIGNAL,
            Counter.DELIVER_PREFIX_SIGNAL,
            Counter.DELIVER_RESTART_SIGNAL,
            Counter.DELIVER_PROGRAM_INT);

    static DumpStep parse(Tokens tokens) throws MalformedStepException {
        return new DumpStep(tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        Vcpu dumped = machine.vcpu(vcpu);
        Registers registers = dumped.registers();
        return "dump " + vcpu
                + " psw=" + Format.psw(registers)
                + " cr0=" + Format.hex64(registers.control(0))
                + " prefix=" + Format.hex32(registers.prefix())
                + " ihcpu=" + Format.hex16(registers.lastHostCpu())
                + " ckc=" + Format.hex64(registers.clockComparator())
                + " epoch=" + Format.hex64(registers.epoch())
                // Whether the rotation chose this vCPU is not to be seen.
                + " flags=" + Format.flags(dumped.flags() & ~CpuFlags.EXT)
                + " lctl=" + Format.loadControl(dumped.loadControlIntercepts())
                + " stop-on-stop=" + Format.yesNo(dumped.handle().isStopOnStop())
                + " local=" + types(dumped.queuedLocal())
                + " floating=" + types(machine.machine().queuedFloating())
                + " stats=" + stats(dumped)
                + (machine.isArchitecture()
                        ? " operating=" + Format.yesNo(dumped.isOperating()) + " cpu-timer="
                                + Format.hex64(dumped.cpuTimer())
                        : "");
    }

    private static String types(List<QueuedInterruption> queue) {
        List<String> labels = new ArrayList<>();
        for (QueuedInterruption queued : queue) {
            labels.addAll(
                    Collections.nCopies((int) queued.count(), queued.type().label()));
        }
        return Format.list(labels);
    }

    private static String stats(Vcpu vcpu) {
        return COUNTERS.stream()
                .map(counter -> counter.label() + ":" + vcpu.handle().counter(counter))
                .collect(Collectors.joining(","));
    }
}
