package org.interruptor.tools.scenario;

import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.WaitOutcome;

/** {@code wait N}: vCPU N enters the enabled wait. */
record WaitStep(long vcpu) implements Step {

    static WaitStep parse(Tokens tokens) throws MalformedStepException {
        return new WaitStep(tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        Vcpu target = machine.runningVcpu(vcpu);
        WaitOutcome outcome = machine.beginWait(target);
        return "wait " + vcpu + " "
                + switch (outcome) {
                    case READY -> "ready";
                    case DISABLED -> "disabled";
                    case WAITING -> sleep(target.waitDeadlineNanos());
                    // The clock stands still, kicks go to the wait only, and the machine is open.
                    case TIMER, KICKED, INTERRUPTED, CLOSED, NOT_WAITING ->
                        throw new IllegalStateException("vCPU " + vcpu + " came out of the wait at once: " + outcome);
                };
    }

    private static String sleep(long deadlineNanos) {
        return deadlineNanos < 0 ? "sleep" : "sleep " + deadlineNanos;
    }
}
