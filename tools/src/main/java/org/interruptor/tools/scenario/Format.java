package org.interruptor.tools.scenario;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;

/** How values are printed. */
final class Format {

    private static final HexFormat HEX = HexFormat.of();
    private static final int CR0_INTERCEPT = 0x8000;
    private static final int CR6_INTERCEPT = 0x0200;
    private static final int CR14_INTERCEPT = 0x0002;

    private Format() {}

    static String yesNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    static String list(List<String> items) {
        return items.isEmpty() ? "-" : String.join(",", items);
    }

    static List<String> labels(List<InterruptionType> types) {
        return types.stream().map(InterruptionType::label).toList();
    }

    /** A constant as scenarios write it: in lower case, with hyphens. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** 64 bits, 16 digits. */
    static String hex64(long value) {
        return HEX.toHexDigits(value);
    }

    /** 32 bits, 8 digits. */
    static String hex32(long value) {
        return HEX.toHexDigits(value, 8);
    }

    /** 16 bits, 4 digits. */
    static String hex16(int value) {
        return HEX.toHexDigits(value, 4);
    }

    static String psw(Registers registers) {
        return hex64(registers.pswMask()) + "." + hex64(registers.pswAddress());
    }

    static String flags(int flags) {
        List<String> names = new ArrayList<>();
        addIf(names, flags, CpuFlags.WAIT, "wait");
        addIf(names, flags, CpuFlags.ECALL, "ecall");
        addIf(names, flags, CpuFlags.STOP, "stop");
        addIf(names, flags, CpuFlags.IO, "io");
        addIf(names, flags, CpuFlags.EXT, "ext");
        return list(names);
    }

    private static void addIf(List<String> names, int flags, int flag, String name) {
        if ((flags & flag) != 0) {
            names.add(name);
        }
    }

    /** The line of an injection; {@code details} are about one that was accepted. */
    static String injected(InjectResult result, String details) {
        return "inject " + answer(result) + (result == InjectResult.ACCEPTED ? details : "");
    }

    /** What an injection or an order answered. */
    static String answer(InjectResult result) {
        return switch (result) {
            case ACCEPTED -> "ok";
            case INVALID, FULL, COALESCED, BUSY, SUPPRESSED, MASKED -> label(result);
            case CLOSED -> throw new IllegalStateException("the machine of the replay is closed");
        };
    }

    static String loadControl(int intercepts) {
        List<String> registers = new ArrayList<>();
        addIf(registers, intercepts, CR0_INTERCEPT, "cr0");
        addIf(registers, intercepts, CR6_INTERCEPT, "cr6");
        addIf(registers, intercepts, CR14_INTERCEPT, "cr14");
        return list(registers);
    }
}
