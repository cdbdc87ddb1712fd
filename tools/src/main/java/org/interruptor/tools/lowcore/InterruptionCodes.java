package org.interruptor.tools.lowcore;

import java.util.Map;
import java.util.StringJoiner;

/** Names of interruption codes. Source: Principles of Operation, chapter Interruptions. */
final class InterruptionCodes {

    /** A program event was recorded together with the other exception, or alone. */
    private static final int PER_EVENT = 0x80;

    /** The exception ended a transaction. */
    private static final int TRANSACTION_ABORTED = 0x200;

    /** The code that virtio and page-fault handshaking share, and the halfwords that tell them apart. */
    private static final int HANDSHAKING = 0x2603;

    private static final int PAGE_FAULT_INITIAL = 0x0600;
    private static final int PAGE_FAULT_COMPLETION = 0x0680;

    private static final Map<Integer, String> EXTERNAL = Map.ofEntries(
            Map.entry(0x0040, "interrupt key"),
            Map.entry(0x1003, "TOD-clock sync check"),
            Map.entry(0x1004, "clock comparator"),
            Map.entry(0x1005, "CPU timer"),
            Map.entry(0x1007, "warning track"),
            Map.entry(0x1200, "malfunction alert"),
            Map.entry(0x1201, "emergency signal"),
            Map.entry(0x1202, "external call"),
            Map.entry(0x1406, "timing alert"),
            Map.entry(0x1407, "measurement alert"),
            Map.entry(0x2401, "service signal"),
            Map.entry(0x2603, "virtio"));

    private static final Map<Integer, String> PROGRAM = Map.ofEntries(
            Map.entry(0x01, "operation"),
            Map.entry(0x02, "privileged operation"),
            Map.entry(0x03, "execute"),
            Map.entry(0x04, "protection"),
            Map.entry(0x05, "addressing"),
            Map.entry(0x06, "specification"),
            Map.entry(0x07, "data"),
            Map.entry(0x08, "fixed-point overflow"),
            Map.entry(0x09, "fixed-point divide"),
            Map.entry(0x0a, "decimal overflow"),
            Map.entry(0x0b, "decimal divide"),
            Map.entry(0x0c, "HFP exponent overflow"),
            Map.entry(0x0d, "HFP exponent underflow"),
            Map.entry(0x0e, "HFP significance"),
            Map.entry(0x0f, "HFP divide"),
            Map.entry(0x10, "segment translation"),
            Map.entry(0x11, "page translation"),
            Map.entry(0x12, "translation specification"),
            Map.entry(0x13, "special operation"),
            Map.entry(0x15, "operand"),
            Map.entry(0x16, "trace table"),
            Map.entry(0x18, "transaction constraint"),
            Map.entry(0x1b, "vector processing"),
            Map.entry(0x1c, "space-switch event"),
            Map.entry(0x1d, "HFP square root"),
            Map.entry(0x1f, "PC-translation specification"),
            Map.entry(0x20, "AFX translation"),
            Map.entry(0x21, "ASX translation"),
            Map.entry(0x22, "LX translation"),
            Map.entry(0x23, "EX translation"),
            Map.entry(0x24, "primary authority"),
            Map.entry(0x25, "secondary authority"),
            Map.entry(0x26, "LFX translation"),
            Map.entry(0x27, "LSX translation"),
            Map.entry(0x28, "ALET specification"),
            Map.entry(0x29, "ALEN translation"),
            Map.entry(0x2a, "ALE sequence"),
            Map.entry(0x2b, "ASTE validity"),
            Map.entry(0x2c, "ASTE sequence"),
            Map.entry(0x2d, "extended authority"),
            Map.entry(0x2e, "LSTE sequence"),
            Map.entry(0x2f, "ASTE instance"),
            Map.entry(0x30, "stack full"),
            Map.entry(0x31, "stack empty"),
            Map.entry(0x32, "stack specification"),
            Map.entry(0x33, "stack type"),
            Map.entry(0x34, "stack operation"),
            Map.entry(0x38, "ASCE type"),
            Map.entry(0x39, "region-first translation"),
            Map.entry(0x3a, "region-second translation"),
            Map.entry(0x3b, "region-third translation"),
            Map.entry(0x40, "monitor event"),
            Map.entry(0x119, "crypto operation"));

    private InterruptionCodes() {}

    /** The machine-check conditions, by their bits from the leftmost one. */
    private static final Map<Integer, String> MACHINE_CHECK = Map.of(
            0, "system damage",
            1, "processing damage",
            2, "recovery",
            5, "external damage",
            7, "degradation",
            8, "warning",
            9, "channel report");

    /** The conditions in a machine-check-interruption code; empty for 0. */
    static String machineCheck(long code) {
        StringJoiner names = new StringJoiner(", ");
        for (int bit = 0; bit < Long.SIZE; bit++) {
            String name = MACHINE_CHECK.get(bit);
            if (name != null && code << bit < 0) {
                names.add(name);
            }
        }
        return names.toString();
    }

    /** What an I/O-interruption-identification word says; empty for 0. */
    static String io(int word) {
        return word == 0 ? "" : (word < 0 ? "adapter, " : "") + "subclass " + (word >>> 27 & 7);
    }

    /** The name of an external-interruption code with its CPU-address halfword; empty for 0. */
    static String external(int code, int cpuAddress) {
        if (code == HANDSHAKING && cpuAddress == PAGE_FAULT_INITIAL) {
            return "page-fault initial";
        }
        return code == HANDSHAKING && cpuAddress == PAGE_FAULT_COMPLETION ? "page-fault completion" : external(code);
    }

    /** The name of an external-interruption code; empty for 0. */
    static String external(int code) {
        return code == 0 ? "" : EXTERNAL.getOrDefault(code, "unknown");
    }

    /** The name of a program-interruption code, with the events that it tells of; empty for 0. */
    static String program(int code) {
        StringJoiner names = new StringJoiner(", ");
        int exception = code & ~(PER_EVENT | TRANSACTION_ABORTED);
        if (exception != 0) {
            names.add(PROGRAM.getOrDefault(exception, "unknown"));
        }
        if ((code & PER_EVENT) != 0) {
            names.add("PER event");
        }
        if ((code & TRANSACTION_ABORTED) != 0) {
            names.add("transaction aborted");
        }
        return names.toString();
    }
}
