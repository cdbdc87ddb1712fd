package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts what happens in scenarios: each outcome that a step can have, and the constellations that make engines stumble. */
final class Coverage implements Witness {

    private final Map<String, Integer> counts = new TreeMap<>();
    private ModelReplay replay;

    /** The pass of delivery under way. */
    private final List<Interruption> deliveredInPass = new ArrayList<>();

    private final Set<InterruptionType> passedOverInPass = new HashSet<>();
    private final Set<InterruptionType> closedBeforePass = new HashSet<>();
    private final Set<InterruptionType> openBeforePass = new HashSet<>();

    int count(String what) {
        return counts.getOrDefault(what, 0);
    }

    /** One line for each thing that was seen, with how often. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        counts.forEach((what, count) -> table.append(String.format(Locale.ROOT, "%8d %s%n", count, what)));
        return table.toString();
    }

    /** Replays a scenario on the model and counts. */
    void observe(String text) {
        replay = new ModelReplay(this);
        try {
            for (String line : ReferenceModel.lines(text)) {
                observeLine(line);
            }
        } catch (MalformedStepException malformed) {
            saw("malformed");
        }
        saw("scenario");
    }

    private void observeLine(String line) throws MalformedStepException {
        Optional<Step> step = StepParser.parse(line);
        if (step.isEmpty()) {
            return;
        }
        if (replay.ended()) {
            saw("step behind a fault");
            return;
        }
        deliveredInPass.clear();
        passedOverInPass.clear();
        if (replay.machine() != null) {
            observeBefore(step.get());
        }
        Optional<String> printed = replay.feed(line);
        printed.ifPresent(output -> observeOutput(step.get(), output));
    }

    // What is about to happen, seen by the state of the machine

    private void observeBefore(Step step) {
        ModelMachine machine = replay.machine();
        if (step instanceof Step.SetClock clock) {
            sawIf(
                    machine.vcpus.stream().anyMatch(vcpu -> comesDueInTheWait(vcpu, clock.tod())),
                    "clock: due for one that waits");
        } else if (step instanceof Step.EnterWait wait) {
            observeBeforeWait(machine.vcpus.get((int) wait.vcpu()));
        } else if (step instanceof Step.Pending pending) {
            observeComparator(machine.vcpus.get((int) pending.vcpu()), "pending");
        } else if (step instanceof Step.Deliver deliver) {
            ModelVcpu vcpu = machine.vcpus.get((int) deliver.vcpu());
            observeComparator(vcpu, "deliver");
            openBeforePass.clear();
            closedBeforePass.clear();
            for (InterruptionType type : InterruptionType.values()) {
                (vcpu.mayTake(type) ? openBeforePass : closedBeforePass).add(type);
            }
        } else if (step instanceof Step.InjectVm inject) {
            sawIf(inject.type() >>> 32 != 0, "inject vm: type above 32 bits");
            sawIf(
                    machine.vcpus.stream().filter(vcpu -> vcpu.waiting).anyMatch(vcpu -> !mayTakeFloating(vcpu))
                            && machine.vcpus.stream().anyMatch(vcpu -> vcpu.waiting && mayTakeFloating(vcpu)),
                    "inject vm: some that wait may take it, some may not");
        } else if (step instanceof Step.InjectVcpu inject) {
            sawIf(inject.type() >>> 32 != 0, "inject vcpu: type above 32 bits");
        }
    }

    private boolean comesDueInTheWait(ModelVcpu vcpu, long clock) {
        return vcpu.waiting
                && vcpu.mayTake(InterruptionType.CLOCK_COMPARATOR)
                && !vcpu.comparatorDue(replay.machine().clock)
                && vcpu.comparatorDue(clock);
    }

    private void observeBeforeWait(ModelVcpu vcpu) {
        observeComparator(vcpu, "wait");
        ModelMachine machine = replay.machine();
        if (!machine.pending(vcpu)) {
            return;
        }
        boolean local = vcpu.local.stream().anyMatch(vcpu::mayTake);
        boolean floating = !machine.floating.isEmpty() && mayTakeFloating(vcpu);
        saw("wait ready by " + (local ? "local" : floating ? "floating" : "clock-comparator"));
        sawIf(
                !machine.floating.isEmpty() && !floating && openWaiters(machine) > 0,
                "wait ready with a floating one left that one that waits may take");
    }

    private void observeComparator(ModelVcpu vcpu, String step) {
        if (vcpu.mayTake(InterruptionType.CLOCK_COMPARATOR)) {
            long now = replay.machine().clock + vcpu.epoch;
            sawIf(vcpu.clockComparator == now, step + " at the comparator's very value");
            sawIf(vcpu.clockComparator + 1 == now, step + " a unit after the comparator's value");
            sawIf(Long.compareUnsigned(now, vcpu.epoch) < 0, step + " with a clock wrapped by the epoch");
        }
    }

    private static boolean mayTakeFloating(ModelVcpu vcpu) {
        return vcpu.mayTake(InterruptionType.VIRTIO);
    }

    private static long openWaiters(ModelMachine machine) {
        return machine.vcpus.stream()
                .filter(vcpu -> vcpu.waiting && mayTakeFloating(vcpu))
                .count();
    }

    // What happens inside

    @Override
    public void passedOver(ModelVcpu vcpu, Interruption interruption) {
        InterruptionType type = interruption.type();
        passedOverInPass.add(type);
        sawIf(openBeforePass.contains(type), "passed over " + type.printedName + " at a gate that the pass closed");
    }

    @Override
    public void delivered(ModelVcpu vcpu, Interruption interruption) {
        InterruptionType type = interruption.type();
        saw("delivered " + type.printedName);
        sawIf(passedOverInPass.contains(type), "delivered " + type.printedName + " after one was passed over");
        sawIf(
                closedBeforePass.contains(type),
                "delivered " + type.printedName + " through a gate that the pass opened");
        for (Interruption earlier : deliveredInPass) {
            sawIf(
                    earlier.type() == InterruptionType.SET_PREFIX && type != InterruptionType.SET_PREFIX,
                    "delivered " + type.printedName + " behind a set-prefix");
            sawIf(
                    earlier.type() == InterruptionType.PROGRAM && type == InterruptionType.PROGRAM,
                    "delivered program behind program");
            sawIf(
                    earlier.type() == InterruptionType.CLOCK_COMPARATOR,
                    "delivered " + type.printedName + " behind the clock-comparator");
        }
        deliveredInPass.add(interruption);
    }

    @Override
    public void faulted(ModelVcpu vcpu, Interruption interruption) {
        saw("fault by " + interruption.type().printedName);
        saw(vcpu.prefix % 0x2000 == 0 ? "fault: outside storage" : "fault: not aligned");
        sawIf(!deliveredInPass.isEmpty(), "fault: after deliveries in the same pass");
    }

    @Override
    public void handedOn(HandOn why, ModelVcpu from, ModelVcpu woken) {
        saw("handed on by " + why);
        sawIf(openWaiters(replay.machine()) > 0, "handed on by " + why + " to the first of several");
        sawIf(woken.number < from.number, "handed on by " + why + " to a lower number");
    }

    // What is printed

    private void observeOutput(Step step, String output) {
        if (step instanceof Step.Deliver) {
            observeDelivery(output);
        } else if (step instanceof Step.InjectVm) {
            observeInjection(output);
        } else if (step instanceof Step.InjectVcpu inject) {
            ModelVcpu target = replay.machine().vcpus.get((int) inject.vcpu());
            saw("vcpu: " + output);
            sawIf(target.waiting && output.contains("ok"), "vcpu: one that waits sleeps on");
            sawIf(target.waiting && output.contains("invalid"), "vcpu: invalid for one that waits");
        } else if (step instanceof Step.EnterWait) {
            String[] words = output.split(" ", -1);
            saw(words.length > 3 ? "wait sleep NS" : "wait " + words[2]);
            sawIf(output.endsWith("sleep 0"), "wait sleep 0");
            sawIf(words.length > 3 && words[3].length() > 15, "wait sleep for weeks");
        } else if (step instanceof Step.Dump) {
            sawIf(output.contains("flags=wait"), "dump of one that waits");
            sawIf(output.contains("stop-on-stop=yes"), "dump with stop-on-stop");
            sawIf(output.contains("flags=stop") || output.contains("flags=wait,stop"), "dump with the stop flag");
            sawIf(output.contains("ihcpu=ffff"), "dump with ihcpu=ffff");
            saw("dump");
        } else {
            saw(output.replaceAll(" [0-9]+ ", " "));
        }
    }

    private void observeInjection(String output) {
        saw(output.replaceAll("kick=[0-9]+", "kick=K"));
        if (output.contains("wake=yes")) {
            int chosen = Integer.parseInt(output.replaceAll(".*kick=([0-9]+).*", "$1"));
            sawIf(chosen > 31, "inject ok kick above 31");
            sawIf(openWaiters(replay.machine()) > 0, "inject ok kick=K of several");
        }
    }

    private void observeDelivery(String output) {
        if (output.endsWith("fault")) {
            saw("deliver fault");
            return;
        }
        if (output.contains(" none ")) {
            saw("deliver none");
        }
        sawIf(output.contains("flags=stop"), "deliver flags=stop");
        sawIf(output.contains("ext lctl=-"), "deliver flags=ext");
        sawIf(output.contains("lctl=cr0"), "deliver lctl=cr0");
        sawIf(output.contains("ext lctl=cr0"), "deliver flags=ext lctl=cr0");
        sawIf(deliveredInPass.size() > 1, "deliver many");
        sawIf(deliveredInPass.size() > 5, "deliver very many");
        sawIf(output.endsWith(" -") && storedSomething(), "deliver that stores and changes nothing");
        boolean left = !replay.machine().floating.isEmpty();
        sawIf(left && tookFloating(), "deliver that takes a floating one and leaves another");
        sawIf(!passedOverInPass.isEmpty() && !deliveredInPass.isEmpty(), "deliver some and pass over some");
    }

    private boolean storedSomething() {
        return deliveredInPass.stream()
                .anyMatch(interruption -> interruption.type() != InterruptionType.STOP
                        && interruption.type() != InterruptionType.SET_PREFIX);
    }

    private boolean tookFloating() {
        return deliveredInPass.stream().anyMatch(interruption -> interruption.type().floating);
    }

    private void sawIf(boolean condition, String what) {
        if (condition) {
            saw(what);
        }
    }

    private void saw(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
