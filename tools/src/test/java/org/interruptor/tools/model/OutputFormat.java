package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The output lines of {@code scenario.md}, without the line number in front. */
final class OutputFormat {

    private OutputFormat() {}

    static String injectedFloating(ModelMachine.Injection injection) {
        if (!injection.valid()) {
            return "inject invalid";
        }
        String kick = injection.woken().map(vcpu -> String.valueOf(vcpu.number)).orElse("any");
        return "inject ok kick=" + kick + " wake=" + yesNo(injection.woken().isPresent());
    }

    static String injectedLocal(ModelMachine.Injection injection) {
        return injection.valid() ? "inject ok wake=" + yesNo(injection.woken().isPresent()) : "inject invalid";
    }

    static String raisedProgram() {
        return "inject ok";
    }

    static String delivered(ModelVcpu vcpu, List<InterruptionType> delivered, SortedMap<Long, Byte> changes) {
        String names = delivered.stream().map(type -> type.printedName).collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT,
                "deliver %d %s psw=%016x.%016x prefix=%08x flags=%s lctl=%s %s",
                vcpu.number,
                names.isEmpty() ? "none" : names,
                vcpu.pswMask,
                vcpu.pswAddress,
                vcpu.prefix,
                flags(vcpu, true),
                lctl(vcpu),
                memory(changes));
    }

    static String fault(ModelVcpu vcpu) {
        return "deliver " + vcpu.number + " fault";
    }

    static String pending(ModelVcpu vcpu, boolean pending) {
        return "pending " + vcpu.number + " " + yesNo(pending);
    }

    static String waited(ModelVcpu vcpu, ModelMachine.Wait wait) {
        String outcome = switch (wait.state()) {
            case READY -> "ready";
            case DISABLED -> "disabled";
            case SLEEP -> wait.nanos() == null ? "sleep" : "sleep " + wait.nanos();
        };
        return "wait " + vcpu.number + " " + outcome;
    }

    static String kicked(ModelVcpu vcpu, boolean wasWaiting) {
        return "kick " + vcpu.number + " " + yesNo(wasWaiting);
    }

    static String dumped(ModelVcpu vcpu, List<Interruption> floating) {
        return String.format(
                        Locale.ROOT,
                        "dump %d psw=%016x.%016x cr0=%016x prefix=%08x ihcpu=%04x ckc=%016x epoch=%016x",
                        vcpu.number,
                        vcpu.pswMask,
                        vcpu.pswAddress,
                        vcpu.cr[0],
                        vcpu.prefix,
                        vcpu.ihcpu,
                        vcpu.clockComparator,
                        vcpu.epoch)
                + String.format(
                        Locale.ROOT,
                        " flags=%s lctl=%s stop-on-stop=%s local=%s floating=%s stats=%s",
                        flags(vcpu, false),
                        lctl(vcpu),
                        yesNo(vcpu.stopOnStop),
                        types(vcpu.local),
                        types(floating),
                        stats(vcpu));
    }

    private static String flags(ModelVcpu vcpu, boolean withExt) {
        List<String> flags = new ArrayList<>();
        if (vcpu.waiting) {
            flags.add("wait");
        }
        if (vcpu.stopFlag) {
            flags.add("stop");
        }
        if (vcpu.extFlag && withExt) {
            flags.add("ext");
        }
        return orDash(String.join(",", flags));
    }

    private static String lctl(ModelVcpu vcpu) {
        return vcpu.lctlCr0 ? "cr0" : "-";
    }

    private static String types(List<Interruption> queue) {
        return orDash(queue.stream()
                .map(interruption -> interruption.type().printedName)
                .collect(Collectors.joining(",")));
    }

    private static String stats(ModelVcpu vcpu) {
        return "exit_wait_state:" + vcpu.waits
                + ",deliver_emergency_signal:" + deliveries(vcpu, InterruptionType.EMERGENCY)
                + ",deliver_service_signal:" + deliveries(vcpu, InterruptionType.SERVICE)
                + ",deliver_virtio_interrupt:" + deliveries(vcpu, InterruptionType.VIRTIO)
                + ",deliver_stop_signal:" + deliveries(vcpu, InterruptionType.STOP)
                + ",deliver_prefix_signal:" + deliveries(vcpu, InterruptionType.SET_PREFIX)
                + ",deliver_restart_signal:" + deliveries(vcpu, InterruptionType.RESTART)
                + ",deliver_program_int:" + deliveries(vcpu, InterruptionType.PROGRAM);
    }

    private static long deliveries(ModelVcpu vcpu, InterruptionType type) {
        return vcpu.deliveries.getOrDefault(type, 0L);
    }

    /** Maximal runs in ascending order. */
    static String memory(SortedMap<Long, Byte> changes) {
        StringBuilder runs = new StringBuilder();
        Long expected = null;
        for (Map.Entry<Long, Byte> change : changes.entrySet()) {
            long address = change.getKey();
            if (expected == null || address != expected) {
                runs.append(expected == null ? "" : " ")
                        .append(Long.toHexString(address))
                        .append(':');
            }
            runs.append(String.format(Locale.ROOT, "%02x", change.getValue()));
            expected = address + 1;
        }
        return orDash(runs.toString());
    }

    private static String yesNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    private static String orDash(String list) {
        return list.isEmpty() ? "-" : list;
    }
}
