package org.interruptor.tools.lowcore;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;

/**
 * The assigned storage locations that interruptions use, in the order of their offsets. Source: Principles of Operation,
 * chapter Storage, Assigned Storage Locations; those that the engine reads or stores are {@link Lowcore}'s.
 */
enum LowcoreField {
    EXTERNAL_PARAMETER(Lowcore.EXTERNAL_PARAMETER_OFFSET, 4, "external-interruption parameter"),
    EXTERNAL_CPU_ADDRESS(Lowcore.EXTERNAL_CPU_ADDRESS_OFFSET, 2, "CPU address, external"),
    EXTERNAL_CODE(Lowcore.EXTERNAL_CODE_OFFSET, 2, "external-interruption code", Kind.EXTERNAL_CODE),
    SVC_ILC(0x88, 2, "supervisor-call length code"),
    SVC_CODE(0x8a, 2, "supervisor-call number"),
    PROGRAM_ILC(Lowcore.PROGRAM_ILC_OFFSET, 2, "program-interruption length code"),
    PROGRAM_CODE(Lowcore.PROGRAM_CODE_OFFSET, 2, "program-interruption code", Kind.PROGRAM_CODE),
    DATA_EXCEPTION_CODE(0x90, 4, "data-exception or vector-exception code"),
    MONITOR_CLASS(0x94, 2, "monitor class"),
    PER_CODE(0x96, 2, "PER code"),
    PER_ADDRESS(0x98, 8, "PER address"),
    EXCEPTION_ACCESS_ID(0xa0, 1, "exception access identification"),
    PER_ACCESS_ID(0xa1, 1, "PER access identification"),
    OPERAND_ACCESS_ID(0xa2, 1, "operand access identification"),
    ARCHITECTURAL_MODE_ID(0xa3, 1, "architectural-mode identification"),
    TRANSLATION_EXCEPTION_ID(0xa8, 8, "translation-exception identification"),
    MONITOR_CODE(0xb0, 8, "monitor code"),
    SUBSYSTEM_ID(0xb8, 4, "subsystem-identification word"),
    IO_PARAMETER(0xbc, 4, "I/O-interruption parameter"),
    IO_ID(0xc0, 4, "I/O-interruption-identification word", Kind.IO_WORD),
    FACILITY_LIST(0xc8, 4, "facility list"),
    MACHINE_CHECK_CODE(0xe8, 8, "machine-check-interruption code", Kind.MACHINE_CHECK_CODE),
    EXTERNAL_DAMAGE_CODE(0xf4, 4, "external-damage code"),
    FAILING_STORAGE_ADDRESS(0xf8, 8, "failing-storage address"),
    BREAKING_EVENT_ADDRESS(0x110, 8, "breaking-event address"),
    RESTART_OLD_PSW(Lowcore.RESTART_OLD_PSW_MASK_OFFSET, 16, "restart old PSW", Kind.PSW),
    EXTERNAL_OLD_PSW(Lowcore.EXTERNAL_OLD_PSW_MASK_OFFSET, 16, "external old PSW", Kind.PSW),
    SVC_OLD_PSW(0x140, 16, "supervisor-call old PSW", Kind.PSW),
    PROGRAM_OLD_PSW(Lowcore.PROGRAM_OLD_PSW_MASK_OFFSET, 16, "program old PSW", Kind.PSW),
    MACHINE_CHECK_OLD_PSW(0x160, 16, "machine-check old PSW", Kind.PSW),
    IO_OLD_PSW(0x170, 16, "I/O old PSW", Kind.PSW),
    RESTART_NEW_PSW(Lowcore.RESTART_NEW_PSW_MASK_OFFSET, 16, "restart new PSW", Kind.PSW),
    EXTERNAL_NEW_PSW(Lowcore.EXTERNAL_NEW_PSW_MASK_OFFSET, 16, "external new PSW", Kind.PSW),
    SVC_NEW_PSW(0x1c0, 16, "supervisor-call new PSW", Kind.PSW),
    PROGRAM_NEW_PSW(Lowcore.PROGRAM_NEW_PSW_MASK_OFFSET, 16, "program new PSW", Kind.PSW),
    MACHINE_CHECK_NEW_PSW(0x1e0, 16, "machine-check new PSW", Kind.PSW),
    IO_NEW_PSW(0x1f0, 16, "I/O new PSW", Kind.PSW),
    EXTENDED_SAVE_AREA(0x11b0, 8, "machine-check extended save area"),
    EXTERNAL_PARAMETER_64(Lowcore.EXTERNAL_PARAMETER_64_OFFSET, 8, "external-interruption 64-bit parameter"),
    FIXED_LOGOUT(0x1300, 16, "fixed logout"),
    SAVED_PREFIX(0x1318, 4, "prefix, saved"),
    SAVED_FPC(0x131c, 4, "floating-point control, saved"),
    SAVED_TOD_PROGRAMMABLE(0x1324, 4, "TOD programmable register, saved"),
    SAVED_CPU_TIMER(0x1328, 8, "CPU timer, saved"),
    SAVED_CLOCK_COMPARATOR(0x1330, 8, "clock comparator, bits 0 to 55, saved");

    private enum Kind {
        NUMBER,
        EXTERNAL_CODE,
        PROGRAM_CODE,
        IO_WORD,
        MACHINE_CHECK_CODE,
        PSW
    }

    private final int offset;
    private final int length;
    private final String title;
    private final Kind kind;

    LowcoreField(int offset, int length, String title) {
        this(offset, length, title, Kind.NUMBER);
    }

    LowcoreField(int offset, int length, String title, Kind kind) {
        this.offset = offset;
        this.length = length;
        this.title = title;
        this.kind = kind;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Offset, name, value and what it means: a line. */
    String line(ByteBuffer lowcore) {
        byte[] bytes = new byte[length];
        lowcore.get(offset, bytes);
        String digits = String.format(Locale.ROOT, "%0" + 2 * length + "x", new BigInteger(1, bytes));
        int code = new BigInteger(1, bytes).intValue();
        String meaning = switch (kind) {
            case EXTERNAL_CODE ->
                InterruptionCodes.external(code, lowcore.getShort(Lowcore.EXTERNAL_CPU_ADDRESS_OFFSET));
            case IO_WORD -> InterruptionCodes.io(code);
            case MACHINE_CHECK_CODE -> InterruptionCodes.machineCheck(lowcore.getLong(offset));
            case PROGRAM_CODE -> InterruptionCodes.program(code);
            case PSW -> PswMask.describe(lowcore.getLong(offset));
            default -> "";
        };
        String value = kind == Kind.PSW ? digits.substring(0, 16) + "." + digits.substring(16) : "0x" + digits;
        return String.format(Locale.ROOT, "0x%04x  %-40s  %-33s  %s", offset, title, value, meaning)
                .stripTrailing();
    }
}
