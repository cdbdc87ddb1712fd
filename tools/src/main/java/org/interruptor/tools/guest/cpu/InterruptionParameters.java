package org.interruptor.tools.guest.cpu;

/**
 * Stores what a program interruption carries besides its code into the prefix area, before the engine delivers it.
 *
 * <p>Threads: the CPU's own. Source: Principles of Operation, chapters Storage (Assigned Storage Locations) and Interruptions
 * (Program Interruption).
 */
public final class InterruptionParameters {
    // Assigned storage locations, real addresses.
    private static final int DATA_EXCEPTION_CODE = 0x90;
    private static final int MONITOR_CLASS = 0x94;
    private static final int EXCEPTION_ACCESS_ID = 0xa0;
    private static final int OPERAND_ACCESS_ID = 0xa2;
    private static final int TRANSLATION_EXCEPTION_ID = 0xa8;
    private static final int MONITOR_CODE = 0xb0;

    private InterruptionParameters() {}

    /**
     * Stores the parameters that belong to the code. Does nothing if the prefix area is not in storage: the delivery finds that.
     *
     * @param real storage of the CPU.
     * @param exception the condition.
     */
    public static void store(RealStorage real, ProgramException exception) {
        if (!real.hasPrefixArea()) {
            return;
        }
        switch (exception.code()) {
            case 0x04 -> {
                real.store64(TRANSLATION_EXCEPTION_ID, exception.translationExceptionId());
                real.store8(EXCEPTION_ACCESS_ID, 0); // no access registers are used
            }
            case 0x10, 0x11, 0x38, 0x39, 0x3a, 0x3b -> {
                real.store64(TRANSLATION_EXCEPTION_ID, exception.translationExceptionId());
                real.store8(EXCEPTION_ACCESS_ID, 0);
                real.store8(OPERAND_ACCESS_ID, exception.operandAccessId());
            }
            case 0x07, 0x1b -> real.store32(DATA_EXCEPTION_CODE, exception.dataExceptionCode());
            case 0x40 -> {
                real.store16(MONITOR_CLASS, exception.monitorClass());
                real.store64(MONITOR_CODE, exception.monitorCode());
            }
            default -> {}
        }
    }
}
