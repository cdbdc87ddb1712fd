package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * EDIT, and EDIT AND MARK: digits of packed numbers go into a pattern. All of the result is made before any is stored. Source:
 * Principles of Operation, chapter Decimal Instructions.
 */
final class Editing {
    private static final int DIGIT_SELECTOR = 0x20;
    private static final int SIGNIFICANCE_STARTER = 0x21;
    private static final int FIELD_SEPARATOR = 0x22;
    private static final int ZONE = 0xf0;

    private Editing() {}

    static void define(Definitions on) {
        on.ss(0xde, "ed", (c, m, length, a1, a2) -> new Edit(c, m, a2).edit(length, a1, false));
        on.ss(0xdf, "edmk", (c, m, length, a1, a2) -> new Edit(c, m, a2).edit(length, a1, true));
    }

    private static final class Edit {
        private final Cpu cpu;
        private final Storage storage;
        private long source;

        /** The right digit of the last byte of the source, if it is still to come; else -1. */
        private int rightDigit = -1;

        private boolean isSignificant;
        private boolean isNotZero;

        /** The address of the last digit that began significance, or -1. */
        private long mark = -1;

        Edit(Cpu cpu, Storage storage, long source) {
            this.cpu = cpu;
            this.storage = storage;
            this.source = source;
        }

        void edit(int length, long address, boolean isMarked) {
            storage.checkStore(address, length);
            int fill = storage.load8(address);
            byte[] result = new byte[length];
            for (int i = 0; i < length; i++) {
                int pattern = storage.load8(address + i);
                result[i] = (byte)
                        switch (pattern) {
                            case DIGIT_SELECTOR, SIGNIFICANCE_STARTER ->
                                digit(pattern == SIGNIFICANCE_STARTER, fill, address + i);
                            case FIELD_SEPARATOR -> {
                                isSignificant = false;
                                isNotZero = false;
                                yield fill;
                            }
                            default -> i == 0 || !isSignificant ? fill : pattern;
                        };
            }
            for (int i = 0; i < length; i++) {
                storage.store8(address + i, result[i]);
            }
            if (isMarked && mark != -1) {
                cpu.grAddress(1, mark);
            }
            cpu.cc(!isNotZero ? 0 : isSignificant ? 1 : 2);
        }

        private int digit(boolean startsSignificance, int fill, long address) {
            int digit = rightDigit;
            boolean isPlus = false;
            if (digit >= 0) {
                rightDigit = -1;
            } else {
                int value = storage.load8(source++);
                digit = value >>> 4;
                int right = value & 0xf;
                if (digit > 9) {
                    throw PackedDecimal.invalid(cpu);
                }
                if (right <= 9) {
                    rightDigit = right;
                } else {
                    isPlus = !PackedDecimal.isMinus(right);
                }
            }
            int result = isSignificant || digit != 0 ? ZONE | digit : fill;
            if (!isSignificant && digit != 0) {
                mark = address;
            }
            isNotZero |= digit != 0;
            isSignificant = !isPlus && (isSignificant || digit != 0 || startsSignificance);
            return result;
        }
    }
}
