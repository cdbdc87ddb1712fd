package org.interruptor.tools.model;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A replay that is fed line by line. {@link ReferenceModel} feeds it a whole file; the generator feeds it each line that it
 * writes, and looks at the machine in between.
 */
final class ModelReplay {

    private static final long MOST_VCPUS = 64;
    private static final long PAGE_SIZE = 4096;
    /** What can be had depends on the host; nobody has more than this, and no scenario should come near it. */
    private static final long MOST_MEMORY = 1L << 40;

    private final Witness witness;
    private ModelMachine machine;
    private boolean ended;

    ModelReplay(Witness witness) {
        this.witness = witness;
    }

    /** Null before the step {@code machine}. */
    ModelMachine machine() {
        return machine;
    }

    /** Whether a fault has ended the replay: what follows is not even looked at. */
    boolean ended() {
        return ended;
    }

    /** Executes one line without its end; returns what it prints, without the line number, if it prints anything. */
    Optional<String> feed(String line) throws MalformedStepException {
        if (ended) {
            return Optional.empty();
        }
        Optional<Step> step = StepParser.parse(line);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(execute(step.get()));
    }

    private String execute(Step step) throws MalformedStepException {
        if (step instanceof Step.CreateMachine create) {
            create(create);
            return null;
        }
        if (machine == null) {
            throw new MalformedStepException("there is no machine yet", "the step machine first");
        }
        machine.storage.beginStep();
        if (step instanceof Step.SetClock clock) {
            machine.clock = clock.tod();
            return null;
        }
        if (step instanceof Step.SetRegister set) {
            running(set.vcpu()).set(set.register(), set.value());
            return null;
        }
        if (step instanceof Step.Store store) {
            store(store);
            return null;
        }
        return act(step);
    }

    private String act(Step step) throws MalformedStepException {
        if (step instanceof Step.InjectVm inject) {
            return OutputFormat.injectedFloating(machine.injectFloating(inject.type(), inject.parm(), inject.parm64()));
        }
        if (step instanceof Step.InjectVcpu inject) {
            return OutputFormat.injectedLocal(
                    machine.injectLocal(existing(inject.vcpu()), inject.type(), inject.parm()));
        }
        if (step instanceof Step.InjectProgram inject) {
            machine.raiseProgram(running(inject.vcpu()), inject.code());
            return OutputFormat.raisedProgram();
        }
        if (step instanceof Step.Deliver deliver) {
            return deliver(running(deliver.vcpu()));
        }
        if (step instanceof Step.Pending pending) {
            ModelVcpu vcpu = running(pending.vcpu());
            return OutputFormat.pending(vcpu, machine.pending(vcpu));
        }
        if (step instanceof Step.EnterWait wait) {
            ModelVcpu vcpu = running(wait.vcpu());
            return OutputFormat.waited(vcpu, machine.enterWait(vcpu));
        }
        if (step instanceof Step.Kick kick) {
            ModelVcpu vcpu = existing(kick.vcpu());
            return OutputFormat.kicked(vcpu, machine.kick(vcpu));
        }
        if (step instanceof Step.Dump dump) {
            return OutputFormat.dumped(existing(dump.vcpu()), machine.floating);
        }
        throw new AssertionError(step);
    }

    private void create(Step.CreateMachine create) throws MalformedStepException {
        if (machine != null) {
            throw new MalformedStepException("there is a machine already", "one step machine");
        }
        if (Long.compareUnsigned(create.vcpus(), MOST_VCPUS) > 0) {
            throw new MalformedStepException("there are too many vCPUs", "at most " + MOST_VCPUS);
        }
        if (create.memory() == 0 || Long.compareUnsigned(create.memory(), MOST_MEMORY) > 0) {
            throw new MalformedStepException(
                    "so much storage cannot be had", "at least 4096 bytes and what the host has");
        }
        if (create.memory() % PAGE_SIZE != 0) {
            throw new MalformedStepException("storage ends within a page", "a multiple of " + PAGE_SIZE);
        }
        machine = new ModelMachine(create.vcpus(), create.memory(), witness);
    }

    private void store(Step.Store store) throws MalformedStepException {
        byte[] bytes = HexFormat.of().parseHex(store.bytes());
        if (!machine.storage.contains(store.address(), bytes.length)) {
            throw new MalformedStepException(
                    "that is not all inside storage", "an address further down or fewer bytes");
        }
        machine.storage.store(store.address(), bytes);
    }

    private String deliver(ModelVcpu vcpu) {
        try {
            List<InterruptionType> delivered = machine.deliver(vcpu);
            return OutputFormat.delivered(vcpu, delivered, machine.storage.changes());
        } catch (LowcoreFaultException fault) {
            ended = true;
            return OutputFormat.fault(vcpu);
        }
    }

    private ModelVcpu existing(long number) throws MalformedStepException {
        if (Long.compareUnsigned(number, machine.vcpus.size()) >= 0) {
            throw new MalformedStepException(
                    "there is no vCPU " + Long.toUnsignedString(number), "one of " + machine.vcpus.size() + " from 0");
        }
        return machine.vcpus.get((int) number);
    }

    /** A vCPU that is in the wait can do nothing by itself, and nobody else may touch its registers. */
    private ModelVcpu running(long number) throws MalformedStepException {
        ModelVcpu vcpu = existing(number);
        if (vcpu.waiting) {
            throw new MalformedStepException(
                    "vCPU " + number + " is in the wait", "one of inject vm, inject vcpu, kick and dump");
        }
        return vcpu;
    }
}
