package org.interruptor.tools.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.interruptor.tools.model.ArchitectureCpu.Order;

/** The steps {@code inject} of {@link ArchitectureModel}: what each answers. */
final class ArchitectureInjection {
    private static final int[] INSTRUCTION_LENGTH = {2, 4, 4, 6};

    private final ArchitectureModel model;
    private final ArchitectureFloating floating;
    private final Queue<String> tokens;

    ArchitectureInjection(ArchitectureModel model, Queue<String> tokens) {
        this.model = model;
        floating = model.floating;
        this.tokens = tokens;
    }

    private long next() {
        return ArchitectureModel.number(tokens.remove());
    }

    private long optional() {
        return ArchitectureModel.optional(tokens);
    }

    String inject(String target) {
        return switch (target) {
            case "vm" -> floating(tokens.remove(), optional(), optional());
            case "io" -> floating.io(next(), next(), next());
            case "adapter" -> floating.adapter((int) next(), !tokens.isEmpty());
            case "machine-check" ->
                machineCheck(
                        model.cpu(tokens),
                        new ArchitectureMachineCheck(next(), optional(), optional(), optional(), optional()));
            case "program" -> program(model.cpu(tokens), (int) next());
            case "vcpu" -> local(model.cpu(tokens), tokens.remove(), optional(), optional());
            default -> throw new AssertionError(target);
        };
    }

    private String floating(String type, long parameter, long parameter64) {
        switch (type) {
            case "interrupt-key" -> {
                return floating.interruptKey();
            }
            case "timing-alert" -> {
                return floating.timingAlert(parameter);
            }
            case "service-event" -> {
                return floating.serviceEvent(parameter);
            }
            case "channel-report" -> {
                return floating.channelReport();
            }
            case "machine-check" -> {
                boolean isReport = ArchitectureMachineCheck.isValid(
                                parameter64 & ArchitectureMachineCheck.CHANNEL_REPORT)
                        && !ArchitectureMachineCheck.isValid(parameter64 & ~ArchitectureMachineCheck.CHANNEL_REPORT);
                return isReport ? floating.channelReport() : "invalid";
            }
            case "page-fault-completion" -> floating.queue.add(new Interruption(null, 0, parameter64));
            default ->
                floating.queue.add(
                        new Interruption(InterruptionType.byName(type).orElseThrow(), parameter, parameter64));
        }
        return "ok";
    }

    private static String machineCheck(ArchitectureCpu cpu, ArchitectureMachineCheck check) {
        if (!ArchitectureMachineCheck.isValid(check.code())) {
            return "invalid";
        }
        boolean isNew = cpu.machineCheck == null;
        cpu.machineCheck = isNew ? check : cpu.machineCheck.with(check);
        return isNew ? "ok" : "coalesced";
    }

    private String program(ArchitectureCpu cpu, int code) {
        Map<String, Long> fields = new HashMap<>();
        while (!tokens.isEmpty()) {
            fields.put(tokens.remove(), next());
        }
        cpu.raised = new ArchitectureProgram(code, INSTRUCTION_LENGTH[cpu.ipa >>> 14], fields);
        return "ok";
    }

    private static String one(boolean wasPending) {
        return wasPending ? "coalesced" : "ok";
    }

    private String local(ArchitectureCpu cpu, String type, long parameter, long parameter64) {
        boolean isSender = parameter < model.cpus.size();
        switch (type) {
            case "stop" -> {
                return ArchitectureModel.order(cpu, Order.STOP, 0);
            }
            case "restart" -> {
                return ArchitectureModel.order(cpu, Order.RESTART, 0);
            }
            case "set-prefix" -> {
                return ArchitectureModel.order(cpu, Order.SET_PREFIX, parameter);
            }
            case "emergency" -> {
                return isSender ? one(!cpu.emergencies.add((int) parameter)) : "invalid";
            }
            case "malfunction-alert" -> {
                return isSender ? one(!cpu.malfunctions.add((int) parameter)) : "invalid";
            }
            case "external-call" -> {
                if (!isSender || cpu.externalCall >= 0) {
                    return isSender ? "busy" : "invalid";
                }
                cpu.externalCall = (int) parameter;
            }
            case "tod-clock-sync-check" -> {
                boolean wasPending = cpu.isSyncCheck;
                cpu.isSyncCheck = true;
                return one(wasPending);
            }
            case "warning-track" -> {
                boolean wasPending = cpu.isWarningTrack;
                cpu.isWarningTrack = true;
                return one(wasPending);
            }
            case "measurement-alert" -> {
                boolean wasPending = cpu.measurement != null;
                cpu.measurement = wasPending ? cpu.measurement | parameter : parameter;
                return one(wasPending);
            }
            case "page-fault-initial" -> {
                if (cpu.pageFault != null) {
                    return "busy";
                }
                cpu.pageFault = parameter64;
            }
            case "machine-check" -> {
                return machineCheck(cpu, new ArchitectureMachineCheck(parameter64, 0, 0, 0, 0));
            }
            case "program" -> cpu.programs.add(0, (int) parameter);
            default -> throw new AssertionError(type);
        }
        return "ok";
    }
}
