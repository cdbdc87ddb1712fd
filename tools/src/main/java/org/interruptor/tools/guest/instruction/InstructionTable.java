package org.interruptor.tools.guest.instruction;

/**
 * All instructions of the machine, found by opcode: the first byte, and the part of the opcode that stands elsewhere.
 *
 * <p>Threads: any, once it is built.
 */
public final class InstructionTable {
    private static final InstructionTable ALL = new InstructionTable();

    private final Format.Second[] seconds = new Format.Second[256];
    private final Instruction[] instructions = new Instruction[0x10000];

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
        StorageToStorage.define(on);
        Interlocked.define(on);
        Control.define(on.privileged());
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
        instructions[index] = instruction;
    }

    /**
     * Finds an instruction.
     *
     * @param code the instruction, from the left.
     * @return the line of the table, or null if there is none: an operation exception.
     */
    public Instruction find(long code) {
        int first = (int) (code >>> 56);
        Format.Second second = seconds[first];
        if (second == null) {
            return null;
        }
        int rest = switch (second) {
            case NONE -> 0;
            case NIBBLE_3 -> (int) (code >>> 48) & 0xf;
            case BYTE_1 -> (int) (code >>> 48) & 0xff;
            case BYTE_5 -> (int) (code >>> 16) & 0xff;
        };
        return instructions[(first << 8) | rest];
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
