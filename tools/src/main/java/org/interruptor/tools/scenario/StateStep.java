package org.interruptor.tools.scenario;

import org.interruptor.engine.Vcpu;

/** {@code check-stop N}, {@code load-state N on|off}: vCPU N enters the check-stop state, or enters or leaves the load state. */
record StateStep(long vcpu, Change change) implements Step {

    /** What happens to it. */
    enum Change {
        CHECK_STOP("check-stop"),
        LOAD("load-state"),
        OPERATING("load-state");

        private final String step;

        Change(String step) {
            this.step = step;
        }
    }

    static StateStep parseCheckStop(Tokens tokens) throws MalformedStepException {
        return new StateStep(tokens.vcpu(), Change.CHECK_STOP);
    }

    static StateStep parseLoad(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        return new StateStep(vcpu, tokens.either("on", "off") ? Change.LOAD : Change.OPERATING);
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture(change.step);
        Vcpu target = machine.runningVcpu(vcpu);
        switch (change) {
            case CHECK_STOP -> target.checkStop();
            case LOAD -> target.load(true);
            case OPERATING -> target.load(false);
        }
        return change.step + " " + vcpu + " wake=" + Format.yesNo(machine.firstWoken() != null);
    }
}
