package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * What an instruction does, once its format has been decoded: one shape for each kind of operands. Addresses are effective
 * ones; immediates have their sign.
 */
final class Operations {
    private Operations() {}

    /** Two registers. */
    @FunctionalInterface
    interface TwoRegisters {
        void execute(Cpu c, int r1, int r2);
    }

    /** Three registers, or two and a mask. */
    @FunctionalInterface
    interface ThreeRegisters {
        void execute(Cpu c, int r1, int r2, int r3);
    }

    /** Two registers and two modifiers. */
    @FunctionalInterface
    interface TwoRegistersModified {
        void execute(Cpu c, int r1, int r2, int m3, int m4);
    }

    /** A register, or a mask, and an immediate or an address to branch to. */
    @FunctionalInterface
    interface RegisterImmediate {
        void execute(Cpu c, int r1, long i);
    }

    /** Two registers, and an immediate or an address to branch to. */
    @FunctionalInterface
    interface TwoRegistersImmediate {
        void execute(Cpu c, int r1, int r3, long i);
    }

    /** Two registers and three immediates: rotate and select bits. */
    @FunctionalInterface
    interface TwoRegistersBits {
        void execute(Cpu c, int r1, int r2, int i3, int i4, int i5);
    }

    /** A register and storage. */
    @FunctionalInterface
    interface RegisterStorage {
        void execute(Cpu c, Storage m, int r1, long a);
    }

    /** Two registers, or one and a mask, and storage. */
    @FunctionalInterface
    interface TwoRegistersStorage {
        void execute(Cpu c, Storage m, int r1, int r3, long a);
    }

    /** Storage alone. */
    @FunctionalInterface
    interface StorageOnly {
        void execute(Cpu c, Storage m, long a);
    }

    /** Storage and an immediate. */
    @FunctionalInterface
    interface StorageImmediate {
        void execute(Cpu c, Storage m, long a, int i);
    }

    /** Storage and storage. */
    @FunctionalInterface
    interface StorageStorage {
        void execute(Cpu c, Storage m, int length, long a1, long a2);
    }

    /** Storage and storage, and four bits for each: lengths less 1, or registers. */
    @FunctionalInterface
    interface TwoNibblesStorage {
        void execute(Cpu c, Storage m, int first, int second, long a1, long a2);
    }

    /** A register, storage and storage. */
    @FunctionalInterface
    interface RegisterStorageStorage {
        void execute(Cpu c, Storage m, int r3, long a1, long a2);
    }

    /** Two registers, storage and storage. */
    @FunctionalInterface
    interface RegistersStorageStorage {
        void execute(Cpu c, int r1, int r3, long a1, long a2);
    }

    /** An immediate alone. */
    @FunctionalInterface
    interface ImmediateOnly {
        void execute(Cpu c, int i);
    }

    /** Compares two registers, or a register and an immediate. */
    @FunctionalInterface
    interface Comparison {
        /** The 32-bit comparison with sign. */
        Comparison SIGNED_32 = (a, b) -> Integer.compare((int) a, (int) b);

        /** The 32-bit comparison without sign. */
        Comparison LOGICAL_32 = (a, b) -> Integer.compareUnsigned((int) a, (int) b);

        /** The 64-bit comparison with sign. */
        Comparison SIGNED_64 = Long::compare;

        /** The 64-bit comparison without sign. */
        Comparison LOGICAL_64 = Long::compareUnsigned;

        int compare(long a, long b);

        /** Whether a mask selects the result: 8 equal, 4 first low, 2 first high. */
        default boolean isSelected(int mask, long a, long b) {
            int order = compare(a, b);
            return (mask & (order == 0 ? 8 : order < 0 ? 4 : 2)) != 0;
        }

        /** An immediate of 8 bits, with or without sign as the comparison. */
        default int immediate8(int unsigned) {
            return isSigned() ? (byte) unsigned : unsigned;
        }

        /** Whether the immediates that it is given have a sign. */
        default boolean isSigned() {
            return this == SIGNED_32 || this == SIGNED_64;
        }
    }
}
