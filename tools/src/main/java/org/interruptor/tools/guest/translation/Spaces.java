package org.interruptor.tools.guest.translation;

import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.PswMask;

/**
 * The spaces that a CPU uses: that of its instructions, that of its operands, and two that an instruction may name itself.
 *
 * <p>Threads: the CPU's own. Source: Principles of Operation, chapter Storage, Address Spaces.
 */
public final class Spaces {
    private static final int KEY_SHIFT = Long.numberOfTrailingZeros(PswMask.KEY);

    /** Of control register 0: what decides over an access and stands in no tag. */
    private static final long PROTECTION_CONTROLS = ControlBits.LOW_ADDRESS_PROTECTION
            | ControlBits.FETCH_PROTECTION_OVERRIDE
            | ControlBits.STORAGE_PROTECTION_OVERRIDE;

    private final Registers registers;
    private final Runnable renumbered;
    private final SpaceNumbers numbers;
    private final Space instructions = new Space();
    private final Space operands = new Space();
    private final Space[] named = {new Space(), new Space()};
    private long protectionControls;
    private long prefix;

    /**
     * The spaces of a CPU.
     *
     * @param registers its PSW and control registers.
     * @param fetches its TLB's table for fetches.
     * @param stores its TLB's table for stores.
     * @param renumbered is told when {@link #named} or {@link #real} had to give other numbers to all spaces.
     */
    public Spaces(Registers registers, Tlb fetches, Tlb stores, Runnable renumbered) {
        this.registers = registers;
        this.renumbered = renumbered;
        numbers = new SpaceNumbers(fetches, stores);
        update();
    }

    /** PSW, prefix or control registers have changed. What the prefix or the protection in CR0 made invalid is purged. */
    public void update() {
        if (registers.prefix() != prefix || (registers.control(0) & PROTECTION_CONTROLS) != protectionControls) {
            prefix = registers.prefix();
            protectionControls = registers.control(0) & PROTECTION_CONTROLS;
            numbers.purge();
        }
        numbers.reserve(2);
        long mask = registers.pswMask();
        int key = pswKey();
        AddressSpace control = AddressSpace.ofPsw(mask);
        if ((mask & PswMask.DAT) == 0) {
            operands.set(control, Asce.REAL_SPACE, key, numbers.number(Asce.REAL_SPACE, key));
            instructions.set(control, Asce.REAL_SPACE, key, operands.number());
        } else {
            set(operands, control, key);
            set(instructions, control.ofInstructions(), key);
        }
    }

    private void set(Space space, AddressSpace control, int key) {
        long asce = registers.control(control.controlRegister());
        space.set(control, asce, key, numbers.number(asce, key));
    }

    /** Forgets all entries of the TLB. */
    public void purge() {
        numbers.purge();
        update();
    }

    /**
     * The space of instructions.
     *
     * @return the same object always.
     */
    public Space instructions() {
        return instructions;
    }

    /**
     * The space of operands.
     *
     * @return the same object always.
     */
    public Space operands() {
        return operands;
    }

    /**
     * A space that an instruction names, translated whether or not DAT is on.
     *
     * @param operand 1 or 2.
     * @param control which.
     * @param key the access key, 0 to 15.
     * @return the space, until the next call for the same operand.
     */
    public Space named(int operand, AddressSpace control, int key) {
        return named(operand, control, registers.control(control.controlRegister()), key);
    }

    /**
     * The real space, for instructions whose operands have real addresses.
     *
     * @param operand 1 or 2.
     * @return the space with the PSW key, until the next call for the same operand.
     */
    public Space real(int operand) {
        return named(operand, AddressSpace.ofPsw(registers.pswMask()), Asce.REAL_SPACE, pswKey());
    }

    /**
     * The real space for TEST BLOCK, whose access key-controlled protection does not apply to; low-address protection does.
     *
     * @return the space with key 0, until the next call for operand 2.
     */
    public Space realWithoutKey() {
        return named(2, AddressSpace.ofPsw(registers.pswMask()), Asce.REAL_SPACE, 0);
    }

    /**
     * The space of operands, with another key.
     *
     * @param operand 1 or 2.
     * @param key the access key, 0 to 15.
     * @return the space, until the next call for the same operand.
     */
    public Space operands(int operand, int key) {
        return named(operand, operands.control(), operands.asce(), key);
    }

    private Space named(int operand, AddressSpace control, long asce, int key) {
        if (numbers.reserve(4)) {
            update();
            for (Space used : named) {
                used.set(used.control(), used.asce(), used.key(), numbers.number(used.asce(), used.key()));
            }
            renumbered.run();
        }
        Space space = named[operand - 1];
        space.set(control, asce, key, numbers.number(asce, key));
        return space;
    }

    private int pswKey() {
        return (int) ((registers.pswMask() & PswMask.KEY) >>> KEY_SHIFT);
    }
}
