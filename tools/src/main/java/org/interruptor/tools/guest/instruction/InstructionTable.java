package org.interruptor.tools.guest.instruction;

/**
 * All instructions of the machine, found by opcode: the first byte, and the part of the opcode that stands elsewhere.
 *
 * <p>Threads: any, once it is built.
 */
public final class InstructionTable {
    private static final InstructionTable ALL = new InstructionTable();

    private static final int FIRST_SHIFT = 56;
    private static final int SECOND_SHIFT = 48;
    private static final int LAST_SHIFT = 16;

    private final Format.Second[] seconds = new Format.Second[256];

    /** By the first byte: where the rest of the opcode is. */
    private final byte[] restShifts = new byte[256];

    private final int[] restMasks = new int[256];
    private final Instruction[] instructions = new Instruction[0x10000];

    /** Those of the instructions. */
    private final Decoder[] decoders = new Decoder[0x10000];

    static {
        Definitions on = new Definitions(ALL);
        Loads.define(on);
        Stores.define(on);
        Arithmetic.define(on);
        LogicalArithmetic.define(on);
        MultiplyDivide.define(on);
        Comparisons.define(on);
        Logic.define(on);
        Shifts.define(on);
        Bits.define(on);
        Branches.define(on);
        HighWords.define(on);
        StorageToStorage.define(on);
        DigitMoves.define(on);
        Decimals.define(on);
        Editing.define(on);
        Translations.define(on);
        UnicodeConversions.define(on);
        LongMoves.define(on);
        LongComparisons.define(on);
        Interlocked.define(on);
        WideUpdates.define(on);
        FloatingPointSupport.define(on);
        FloatingPointControl.define(on.binaryFloatingPoint());
        BinaryArithmetic.define(on.binaryFloatingPoint());
        BinaryComparisons.define(on.binaryFloatingPoint());
        BinaryConversions.define(on.binaryFloatingPoint());
        Control.define(on.privileged());
        AddressSpaces.define(on);
        Identification.define(on);
        Translation.define(on.privileged());
        Keys.define(on);
        MovesBetweenSpaces.define(on);
        InputOutput.define(on.privileged());
        General.define(on);
    }

    private InstructionTable() {}

    /**
     * The instructions of the machine.
     *
     * @return the one table.
     */
    public static InstructionTable all() {
        return ALL;
    }

    void add(int opcode, Instruction instruction) {
        Format.Second second = instruction.format().second();
        int first = switch (second) {
            case NONE -> opcode;
            case NIBBLE_3 -> opcode >> 4;
            case BYTE_1, BYTE_5 -> opcode >> 8;
        };
        int rest = switch (second) {
            case NONE -> 0;
            case NIBBLE_3 -> opcode & 0xf;
            case BYTE_1, BYTE_5 -> opcode & 0xff;
        };
        int index = (first << 8) | rest;
        if (instructions[index] != null || (seconds[first] != null && seconds[first] != second)) {
            throw new IllegalStateException("opcode 0x" + Integer.toHexString(opcode) + " of " + instruction.mnemonic()
                    + " is taken by " + instructions[index]);
        }
        seconds[first] = second;
        restShifts[first] = (byte) (second == Format.Second.BYTE_5 ? LAST_SHIFT : SECOND_SHIFT);
        restMasks[first] = second == Format.Second.NONE ? 0 : second == Format.Second.NIBBLE_3 ? 0xf : 0xff;
        instructions[index] = instruction;
        decoders[index] = instruction.decoder();
    }

    /**
     * Finds an instruction.
     *
     * @param code the instruction, from the left.
     * @return the line of the table, or null if there is none: an operation exception.
     */
    public Instruction find(long code) {
        return instructions[index(code)];
    }

    /** Finds what executes an instruction; null if there is none. */
    Decoder decoder(long code) {
        return decoders[index(code)];
    }

    private int index(long code) {
        int first = (int) (code >>> FIRST_SHIFT);
        return (first << 8) | ((int) (code >>> restShifts[first]) & restMasks[first]);
    }

    /**
     * How many instructions there are.
     *
     * @return the number of lines.
     */
    public int size() {
        int size = 0;
        for (Instruction instruction : instructions) {
            if (instruction != null) {
                size++;
            }
        }
        return size;
    }
}
