package org.interruptor.tools.guest.cpu;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.translation.PurgeRequests;
import org.interruptor.tools.guest.translation.Space;
import org.interruptor.tools.guest.translation.Spaces;
import org.interruptor.tools.guest.translation.Tlb;

/**
 * How one CPU makes effective addresses absolute, and keeps its TLB: what {@link Storage} stands on, and what instructions use
 * that name a space or a key themselves.
 *
 * <p>Threads: the CPU's own.
 */
public abstract class StorageUnit {
    private static final long PAGE_MASK = -GuestMemory.PAGE_LENGTH;

    /** Fetch-protection override is for the first 2 KiB. */
    private static final int OVERRIDE_SHIFT = 11;

    final GuestMemory memory;

    private final MainStorage main;
    private final PurgeRequests purges;
    private final int cpu;
    private final RealStorage real;
    private final ParameterException exception = new ParameterException();
    private final Tlb fetches = new Tlb();
    private final Tlb stores = new Tlb();
    private final Spaces spaces;
    private final Operand firstOperand;
    private final Operand secondOperand;
    private final PageAccess access;
    private final Probe probe;

    /** A copy of its number in {@link Spaces}. */
    private long operands;

    /** The epoch of the last purge. */
    private long purged;

    StorageUnit(MainStorage main, Registers registers, int cpu) {
        this.main = main;
        this.cpu = cpu;
        memory = main.memory();
        purges = main.purges();
        real = new RealStorage(memory, registers);
        spaces = new Spaces(registers, fetches, stores, this::copyNumbers);
        access = new PageAccess(main, registers, exception, fetches, stores);
        probe = new Probe(access);
        firstOperand = new Operand(this);
        secondOperand = new Operand(this);
        update();
    }

    // What other parts of the CPU ask for.

    /**
     * Assigned storage locations.
     *
     * @return storage by real addresses, without protection.
     */
    public final RealStorage real() {
        return real;
    }

    /**
     * The CPU's condition with parameters, to be filled in and thrown.
     *
     * @return the same object always.
     */
    public final ParameterException exception() {
        return exception;
    }

    /**
     * What the CPUs of the machine share.
     *
     * @return absolute storage, keys, purges.
     */
    public final MainStorage main() {
        return main;
    }

    /**
     * The spaces that the CPU uses.
     *
     * @return the same object always.
     */
    public final Spaces spaces() {
        return spaces;
    }

    /**
     * Tests of accesses that are not made.
     *
     * @return the same object always.
     */
    public final Probe probe() {
        return probe;
    }

    /**
     * Whether there is storage at an absolute address.
     *
     * @param absolute absolute address.
     * @param length bytes.
     * @return whether all of it is there.
     */
    public final boolean isThere(long absolute, long length) {
        return memory.contains(absolute, length);
    }

    // Changes of what decides over translations.

    /** PSW, prefix, or one of control registers 0, 1, 7 and 13 was changed. */
    public final void update() {
        spaces.update();
        copyNumbers();
    }

    /** The spaces may have new numbers, or what their numbers were used for is void. */
    void copyNumbers() {
        operands = spaces.operands().number();
    }

    /** Purges this CPU's TLB. */
    public final void purge() {
        spaces.purge();
        copyNumbers();
    }

    /** Purges the TLBs of all CPUs: when it returns no CPU uses a translation, or a storage key, of before. */
    public final void purgeAll() {
        purged = purges.purgeOthers(cpu);
        purge();
    }

    /** Enters guest code: what was requested meanwhile is done, and what has changed is looked at. */
    public final void enter() {
        long epoch = purges.enter(cpu);
        if (epoch != purged) {
            purged = epoch;
            spaces.purge();
        }
        update();
    }

    /** Carries out a purge that another CPU requests. To be called between two instructions, often. */
    public final void poll() {
        long epoch = purges.epoch();
        if (epoch != purged) {
            purges.acknowledge(cpu, epoch);
            purged = epoch;
            purge();
        }
    }

    /** Leaves guest code: this CPU's TLB is not used until it enters again. */
    public final void leave() {
        purges.leave(cpu);
    }

    // Addresses.

    static boolean isWithinPage(long address, int length) {
        return ((address ^ (address + length - 1)) & PAGE_MASK) == 0;
    }

    final long fetchDistance(long address, int further) {
        return fetches.find(address, further, operands);
    }

    final long storeDistance(long address, int further) {
        return stores.find(address, further, operands);
    }

    final long fetchable(long address) {
        long distance = fetches.find(address, 0, operands);
        return distance == Tlb.MISS ? access.resolve(spaces.operands(), address, false) : address + distance;
    }

    final long storable(long address) {
        long distance = stores.find(address, 0, operands);
        return distance == Tlb.MISS ? access.resolve(spaces.operands(), address, true) : address + distance;
    }

    /**
     * Makes a byte of any space accessible, and with it the rest of its page.
     *
     * @param space the space.
     * @param address effective address.
     * @param isStore whether it is stored into.
     * @return absolute address.
     * @throws ProgramException an access exception.
     */
    public final long absolute(Space space, long address, boolean isStore) {
        long distance = (isStore ? stores : fetches).find(address, 0, space.number());
        return distance == Tlb.MISS ? access.resolve(space, address, isStore) : address + distance;
    }

    /**
     * Checks that a range can be fetched from: when it returns, the instruction's own fetches from it throw nothing.
     *
     * @param address effective address.
     * @param length bytes, 1 to 4096.
     * @throws ProgramException an access exception.
     */
    public final void check(long address, int length) {
        fetchable(address);
        if (!isWithinPage(address, length)) {
            fetchable((address + length - 1) & PAGE_MASK);
        } else {
            checkOverride(spaces.operands(), address, length);
        }
    }

    /** Of a range whose first byte may be fetched: fetch-protection override may end within it. */
    final void checkOverride(Space space, long address, int length) {
        if (address >>> OVERRIDE_SHIFT == 0) {
            absolute(space, address + length - 1, false);
        }
    }

    /**
     * Checks that a range can be stored into: when it returns, the instruction's own stores into it throw nothing.
     *
     * @param address effective address.
     * @param length bytes, 1 to 4096.
     * @throws ProgramException an access exception.
     */
    public final void checkStore(long address, int length) {
        storable(address);
        if (!isWithinPage(address, length)) {
            storable((address + length - 1) & PAGE_MASK); // where low addresses begin, if the page has such
        }
    }

    /**
     * An operand that is stored into.
     *
     * @param space where it is.
     * @param address effective address.
     * @param length bytes, 1 to 4096.
     * @return the operand, until the next call.
     * @throws ProgramException an access exception.
     */
    public final Operand target(Space space, long address, int length) {
        return firstOperand.resolve(space, address, length, true);
    }

    /**
     * A first operand that is fetched, where the instruction stores nothing.
     *
     * @param space where it is.
     * @param address effective address.
     * @param length bytes, 1 to 4096.
     * @return the operand, until the next call for a first operand.
     * @throws ProgramException an access exception.
     */
    public final Operand comparand(Space space, long address, int length) {
        return firstOperand.resolve(space, address, length, false);
    }

    /**
     * An operand that is fetched.
     *
     * @param space where it is.
     * @param address effective address.
     * @param length bytes, 1 to 4096.
     * @return the operand, until the next call.
     * @throws ProgramException an access exception.
     */
    public final Operand source(Space space, long address, int length) {
        return secondOperand.resolve(space, address, length, false);
    }

    final long loadAbsolute(long absolute, int length) {
        long value = switch (length) {
            case 2 -> memory.getShort(absolute);
            case 4 -> memory.getInt(absolute);
            default -> memory.getLong(absolute);
        };
        VarHandle.acquireFence();
        return value;
    }

    final void storeAbsolute(long absolute, int length, long value) {
        VarHandle.releaseFence();
        switch (length) {
            case 2 -> memory.putShort(absolute, (short) value);
            case 4 -> memory.putInt(absolute, (int) value);
            default -> memory.putLong(absolute, value);
        }
    }
}
