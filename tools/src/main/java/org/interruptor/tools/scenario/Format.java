package org.interruptor.tools.scenario;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;

/** How values are printed. */
final class Format {

    private static final HexFormat HEX = HexFormat.of();
    private static final int CR0_INTERCEPT = 0x8000;

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
        return switch (result) {
            case ACCEPTED -> "inject ok" + details;
            case INVALID -> "inject invalid";
            case FULL -> "inject full";
            case CLOSED -> throw new IllegalStateException("the machine of the replay is closed");
            case COALESCED, BUSY, SUPPRESSED, MASKED ->
                throw new IllegalStateException(result + " is no answer under original rules");
        };
    }

    static String loadControl(int intercepts) {
        return (intercepts & CR0_INTERCEPT) != 0 ? "cr0" : "-";
    }
}
