package org.interruptor.tools.scenario;

import java.util.Collections;
import java.util.List;
import org.interruptor.engine.contract.QueuedInterruption;

/**
 * {@code list N}, {@code list vm}: what is pending for vCPU N alone, or for any vCPU.
 *
 * @param vcpu the number of a vCPU; null for the machine.
 */
record ListStep(Long vcpu) implements Step {
    private static final String MACHINE = "vm";

    static ListStep parse(Tokens tokens) throws MalformedStepException {
        String expected = "the number of a vCPU or " + MACHINE;
        String token = tokens.next(expected);
        return new ListStep(token.equals(MACHINE) ? null : Tokens.number(token, expected, Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("list");
        List<QueuedInterruption> pending = vcpu == null
                ? machine.machine().pendingFloating()
                : machine.vcpu(vcpu).pendingLocal();
        return "list " + (vcpu == null ? MACHINE : vcpu) + " "
                + Format.list(pending.stream()
                        .flatMap(one -> Collections.nCopies((int) one.count(), pending(one)).stream())
                        .toList());
    }

    /** The type, and what it carries. */
    private static String pending(QueuedInterruption one) {
        String parameter = Format.hex32(one.parameter());
        String parameter64 = Format.hex64(one.parameter64());
        return one.type().label()
                + switch (one.type()) {
                    case PROGRAM -> ":" + Format.hex16(one.parameter());
                    case EMERGENCY_SIGNAL, MALFUNCTION_ALERT, EXTERNAL_CALL, ADAPTER -> ":" + one.parameter();
                    case SET_PREFIX, MEASUREMENT_ALERT, TIMING_ALERT, SERVICE_EVENT, SERVICE_SIGNAL -> ":" + parameter;
                    case PAGE_FAULT_INITIAL, PAGE_FAULT_COMPLETION, MACHINE_CHECK -> ":" + parameter64;
                    case VIRTIO -> ":" + parameter + ":" + parameter64;
                    case IO -> ":" + parameter + ":" + parameter64.substring(0, 8) + ":" + parameter64.substring(8);
                    case STOP,
                            RESTART,
                            CLOCK_COMPARATOR,
                            CPU_TIMER,
                            TOD_CLOCK_SYNC_CHECK,
                            WARNING_TRACK,
                            INTERRUPT_KEY,
                            CHANNEL_REPORT -> "";
                };
    }
}
