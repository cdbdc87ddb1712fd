package org.interruptor.tools.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.stream.Stream;
import org.interruptor.tools.model.ArchitectureCpu.Order;
import org.interruptor.tools.model.ArchitectureCpu.Reset;
import org.interruptor.tools.model.ArchitectureCpu.State;

/**
 * A second implementation of architecture rules, for scenarios in which no vCPU waits: it shares no code with the engine and was written
 * from the specification. It knows the steps that {@link ArchitectureScenarios} makes, which are well-formed.
 */
final class ArchitectureModel {
    final List<ArchitectureCpu> cpus = new ArrayList<>();
    final ArchitectureFloating floating = new ArchitectureFloating();
    ModelStorage storage;
    long clock;

    private ArchitectureSignals signals;
    private long machineEpoch;

    /** CPUs that have not carried out the reset of the machine, and how often it was asked for. */
    private final List<ArchitectureCpu> outstanding = new ArrayList<>();

    private int asked;

    private final ArchitectureRoutes routes = new ArchitectureRoutes(this);
    private Saved saved;

    /** What a step {@code save} has kept. */
    private record Saved(
            List<ArchitectureCpu> cpus,
            ArchitectureFloating floating,
            long clock,
            long machineEpoch,
            List<Integer> outstanding) {}

    private ArchitectureModel() {}

    static Result replay(String name, String text) {
        ArchitectureModel model = new ArchitectureModel();
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : ReferenceModel.lines(text)) {
            number++;
            if (model.storage == null && !line.startsWith("machine ")) {
                return new Result(lines, name + ": there is no machine", 2); // a scenario that was shrunk too far
            }
            if (!line.isBlank()) {
                Queue<String> tokens = new ArrayDeque<>(List.of(line.split(" ")));
                if (model.isWithoutBase(tokens.element(), line)) {
                    return new Result(lines, name + ": nothing to go by", 2);
                }
                String printed = model.execute(tokens);
                if (printed != null) {
                    lines.add(number + " " + printed);
                }
            }
        }
        return new Result(lines, null, 0);
    }

    /** A scenario that was shrunk too far: what the step needs was not made. */
    private boolean isWithoutBase(String step, String line) {
        return switch (step) {
            case "restore" -> saved == null;
            case "trigger", "mask" -> !routes.has(number(line.split(" ")[1]));
            default -> false;
        };
    }

    long tod() {
        return clock + machineEpoch;
    }

    static long number(String token) {
        return token.startsWith("0x") ? Long.parseUnsignedLong(token.substring(2), 16) : Long.parseUnsignedLong(token);
    }

    static long optional(Queue<String> tokens) {
        return tokens.isEmpty() ? 0 : number(tokens.remove());
    }

    ArchitectureCpu cpu(Queue<String> tokens) {
        return cpus.get((int) number(tokens.remove()));
    }

    private String execute(Queue<String> tokens) {
        String step = tokens.remove();
        if (step.equals("machine")) {
            create(tokens);
            return null;
        }
        storage.beginStep();
        switch (step) {
            case "clock" -> clock = number(tokens.remove());
            case "set" -> set(cpu(tokens), tokens.remove(), number(tokens.remove()));
            case "store" ->
                storage.store(number(tokens.remove()), HexFormat.of().parseHex(tokens.remove()));
            case "cpu-timer" -> cpu(tokens).timer(number(tokens.remove()), clock);
            case "registers" -> {
                ArchitectureCpu cpu = cpu(tokens);
                cpu.registers = List.of(tokens.remove().split(","));
            }
            case "suppression" ->
                floating.suppression(
                        (int) number(tokens.remove()), tokens.remove().equals("single"));
            case "route" -> routes.put(tokens);
            case "mask" -> routes.mask(number(tokens.remove()), tokens.remove().equals("on"));
            case "save" -> save();
            case "restore" -> restore();
            default -> {
                return act(step, tokens);
            }
        }
        return null;
    }

    private String act(String step, Queue<String> tokens) {
        return switch (step) {
            case "set-clock" -> {
                machineEpoch = number(tokens.remove()) - clock;
                yield "set-clock wake=-";
            }
            case "inject" -> inject(tokens.remove(), tokens);
            case "external-call" -> externalCall(cpu(tokens), (int) number(tokens.remove()));
            case "withdraw" -> "withdraw " + (floating.withdraw(number(tokens.remove())) ? "yes" : "no");
            case "take-io" -> takeIo(tokens.remove(), (int) number(tokens.remove()));
            case "trigger" -> routes.trigger(number(tokens.remove()));
            case "list" -> list(tokens.remove());
            case "sigp" -> {
                String sender = tokens.remove();
                String address = tokens.remove();
                int order = (int) number(tokens.remove());
                yield "sigp " + sender + " " + address + " "
                        + signals.signal((int) number(sender), (int) number(address), order, optional(tokens))
                        + " wake=no";
            }
            case "start" -> {
                ArchitectureCpu cpu = cpu(tokens);
                cpu.state = cpu.state == State.STOPPED ? State.OPERATING : cpu.state;
                yield "start " + cpu.number + " wake=no";
            }
            case "stop" -> {
                ArchitectureCpu cpu = cpu(tokens);
                cpu.state = State.STOPPED;
                cpu.runTimer(false, clock);
                yield "stop " + cpu.number;
            }
            case "load" -> load(cpu(tokens), number(tokens.remove()), number(tokens.remove()));
            case "check-stop" -> checkStop(cpu(tokens));
            case "load-state" -> {
                ArchitectureCpu cpu = cpu(tokens);
                cpu.state = tokens.remove().equals("on") ? State.LOAD : State.OPERATING;
                yield "load-state " + cpu.number + " wake=no";
            }
            case "reset" -> reset(tokens.remove());
            case "pending" -> {
                ArchitectureCpu cpu = cpu(tokens);
                yield "pending " + cpu.number + " " + (ArchitectureRequests.isPending(cpu, this) ? "yes" : "no");
            }
            case "deliver" -> deliver(cpu(tokens));
            default -> throw new AssertionError(step);
        };
    }

    private void create(Queue<String> tokens) {
        tokens.remove();
        long count = number(tokens.remove());
        tokens.remove();
        long memory = number(tokens.remove());
        storage = new ModelStorage(memory);
        for (int i = 0; i < count; i++) {
            cpus.add(new ArchitectureCpu(i));
        }
        signals = new ArchitectureSignals(cpus, memory);
    }

    private static void set(ArchitectureCpu cpu, String register, long value) {
        switch (register) {
            case "psw.mask" -> cpu.pswMask = value;
            case "psw.addr" -> cpu.pswAddress = value;
            case "prefix" -> cpu.prefix = value;
            case "ckc" -> cpu.clockComparator = value;
            case "epoch" -> cpu.epoch = value;
            case "ipa" -> cpu.ipa = (int) value;
            default -> cpu.cr[Integer.parseInt(register.substring(2))] = value;
        }
    }

    // Injection.

    private String inject(String target, Queue<String> tokens) {
        String answer = new ArchitectureInjection(this, tokens).inject(target);
        boolean isFloating = List.of("vm", "io", "adapter").contains(target);
        String details = isFloating ? " kick=any wake=no" : target.equals("program") ? "" : " wake=no";
        return "inject " + answer + (answer.equals("ok") ? details : "");
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "-" : String.join(",", names);
    }

    private String list(String whose) {
        List<String> pending = whose.equals("vm")
                ? floating.list()
                : cpus.get((int) number(whose)).list();
        return "list " + whose + " " + list(pending);
    }

    private String takeIo(String cpu, int mask) {
        for (int subclass = 0; subclass < ArchitectureFloating.SUBCLASSES; subclass++) {
            ArchitectureFloating.Io io = (mask & 0x80 >> subclass) != 0 ? floating.takeIo(subclass) : null;
            if (io != null) {
                return ArchitectureFloating.format(
                        "take-io %s id=%08x parm=%08x word=%08x", cpu, io.id(), io.parameter(), io.word());
            }
        }
        return "take-io " + cpu + " none";
    }

    // Saving.

    private void save() {
        List<ArchitectureCpu> copies = new ArrayList<>();
        for (ArchitectureCpu cpu : cpus) {
            ArchitectureCpu copy = new ArchitectureCpu(cpu.number);
            copy.become(cpu);
            copies.add(copy);
        }
        saved = new Saved(
                copies,
                new ArchitectureFloating(floating),
                clock,
                machineEpoch,
                outstanding.stream().map(cpu -> cpu.number).toList());
    }

    /** Who has asked for a reset that is under way asked another machine. */
    private void restore() {
        cpus.forEach(cpu -> cpu.become(saved.cpus.get(cpu.number)));
        floating.become(saved.floating);
        clock = saved.clock;
        machineEpoch = saved.machineEpoch;
        outstanding.clear();
        saved.outstanding.forEach(number -> outstanding.add(cpus.get(number)));
        asked = 0;
    }

    static String order(ArchitectureCpu cpu, Order order, long parameter) {
        if (order == Order.STOP && cpu.state == State.STOPPED && !cpu.isBusy()) {
            return "coalesced";
        }
        if (cpu.order == order) {
            cpu.parameter = parameter;
            return "coalesced";
        }
        if (cpu.isBusy()) {
            return "busy";
        }
        cpu.accept(order, parameter);
        return "ok";
    }

    static String externalCall(ArchitectureCpu cpu, int sender) {
        if (cpu.externalCall >= 0) {
            return "inject busy";
        }
        cpu.externalCall = sender;
        return "inject ok wake=no";
    }

    // Control.

    private static String load(ArchitectureCpu cpu, long mask, long address) {
        String answer = cpu.state != State.STOPPED ? "invalid" : cpu.isBusy() ? "busy" : "ok";
        if (answer.equals("ok")) {
            cpu.accept(Order.LOAD_PSW, 0);
            cpu.pswToLoad = new long[] {mask, address};
        }
        return "load " + cpu.number + " " + answer + " wake=no";
    }

    private String checkStop(ArchitectureCpu cpu) {
        cpu.state = State.CHECK_STOP;
        cpu.runTimer(false, clock);
        cpus.stream().filter(other -> other != cpu).forEach(other -> other.malfunctions.add(cpu.number));
        return "check-stop " + cpu.number + " wake=no";
    }

    private String reset(String kind) {
        if (kind.equals("subsystem")) {
            floating.clear();
            return "reset subsystem";
        }
        Reset reset = kind.equals("cpu") ? Reset.CPU : kind.equals("clear") ? Reset.CLEAR : Reset.INITIAL;
        asked++;
        outstanding.clear();
        outstanding.addAll(cpus);
        cpus.forEach(cpu -> cpu.accept(reset));
        return "reset " + kind + " wake=-";
    }

    void resetDone(ArchitectureCpu cpu, List<String> delivered) {
        if (outstanding.remove(cpu) && outstanding.isEmpty()) {
            floating.clear();
            for (; asked > 0; asked--) {
                delivered.add("reset-done");
            }
        }
    }

    // Delivery.

    private String deliver(ArchitectureCpu cpu) {
        ArchitecturePass pass = new ArchitecturePass(this, cpu);
        List<String> delivered = pass.run();
        if (delivered == null) {
            return "deliver " + cpu.number + " loop";
        }
        List<String> flags = new ArrayList<>();
        addIf(flags, cpu.externalCall >= 0, "ecall");
        addIf(flags, pass.isStopDelivered(), "stop");
        addIf(flags, cpu.requests.contains("io"), "io");
        addIf(flags, cpu.requests.contains("ext"), "ext");
        List<String> intercepts =
                Stream.of("cr0", "cr6", "cr14").filter(cpu.requests::contains).toList();
        return String.format(
                Locale.ROOT,
                "deliver %d %s psw=%016x.%016x prefix=%08x flags=%s lctl=%s %s",
                cpu.number,
                delivered.isEmpty() ? "none" : String.join(",", delivered),
                cpu.pswMask,
                cpu.pswAddress,
                cpu.prefix,
                list(flags),
                list(intercepts),
                OutputFormat.memory(storage.changes()));
    }

    private static void addIf(List<String> names, boolean isThere, String name) {
        if (isThere) {
            names.add(name);
        }
    }
}
