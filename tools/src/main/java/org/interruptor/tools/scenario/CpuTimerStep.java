package org.interruptor.tools.scenario;

/** {@code cpu-timer N VALUE}: sets the CPU timer of vCPU N. */
record CpuTimerStep(long vcpu, long value) implements Step {

    static CpuTimerStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        return new CpuTimerStep(vcpu, tokens.number("TOD units", Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("cpu-timer");
        machine.runningVcpu(vcpu).cpuTimer(value);
        return null;
    }
}
