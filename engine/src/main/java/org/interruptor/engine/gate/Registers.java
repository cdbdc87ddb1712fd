package org.interruptor.engine.gate;

import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.Prefixing;
import org.interruptor.memory.PswMask;

/**
 * The part of a vCPU's state that interruptions depend on: PSW, control registers, prefix, clock comparator, epoch
 * ({@code interruptions.md}, section 1). The general registers and the rest are the embedder's.
 *
 * <p>Threads: the vCPU's own, and not while it is in the wait. Another thread may read for a report, and gets values of
 * different moments. A guest's load of a PSW or of a control register goes through {@code Vcpu.loadPsw} and
 * {@code Vcpu.loadControl}, which say whether guest code has to be left; here are the plain registers.
 */
@SuppressWarnings("exports") // the distance to what others write is no embedder's business
public final class Registers extends Padded {
    private static final long INITIAL_CONTROL_0 = 0xe0;
    private static final long INITIAL_CONTROL_14 = 0xc200_0000L;

    private long pswMask;
    private long pswAddress;
    private long prefix;
    private long clockComparator = -1;
    private long epoch;
    private int ipa;
    private boolean withoutInstruction;
    private int lastHostCpu;
    private boolean lowcoreInStorage;

    /** The gates that the control registers open, those without a register included; and those of them that the PSW opens too. */
    private int enabledGates = Gate.behind(Gate.NO_REGISTER);

    private int openGates = Gate.ALWAYS_OPEN;

    private final GuestMemory storage;
    private final Lowcore lowcore = new Lowcore();
    private final PaddedWords control = new PaddedWords(16);

    /**
     * Registers in their initial state.
     *
     * @param storage in which the lowcore lies.
     */
    public Registers(GuestMemory storage) {
        this.storage = storage;
        prefix(0);
    }

    /**
     * The PSW mask.
     *
     * @return 64 bits, see {@link PswMask}.
     */
    public long pswMask() {
        return pswMask;
    }

    /**
     * The PSW address.
     *
     * @return 64 bits.
     */
    public long pswAddress() {
        return pswAddress;
    }

    /**
     * Sets the PSW.
     *
     * @param mask 64 bits, see {@link PswMask}.
     * @param address 64 bits.
     */
    public void psw(long mask, long address) {
        pswMask = mask;
        pswAddress = address;
        open();
    }

    /**
     * Sets the PSW address alone: what an instruction does that is executed.
     *
     * @param address 64 bits.
     */
    public void pswAddress(long address) {
        pswAddress = address;
    }

    /**
     * A control register.
     *
     * @param number 0 to 15.
     * @return 64 bits.
     */
    public long control(int number) {
        return control.getPlain(checkControl(number));
    }

    /**
     * Sets a control register.
     *
     * @param number 0 to 15.
     * @param value 64 bits.
     */
    public void control(int number, long value) {
        control.setPlain(checkControl(number), value);
        int behind = Gate.behind(number);
        if (behind != 0) {
            enabledGates = (enabledGates & ~behind) | Gate.openBy(number, value);
            open();
        }
    }

    private static int checkControl(int number) {
        if ((number & ~15) != 0) {
            throw new IllegalArgumentException("control register " + number + ": expected 0 to 15");
        }
        return number;
    }

    private void open() {
        openGates = enabledGates & Gate.openBy(pswMask);
    }

    /**
     * The prefix: the absolute address of the lowcore.
     *
     * @return 32 bits, unsigned.
     */
    public long prefix() {
        return prefix;
    }

    /**
     * Sets the prefix, unchecked: one outside storage, or any where storage is closed, is a fault of the first delivery that
     * needs the lowcore.
     *
     * @param value 32 bits, unsigned; bits above are ignored.
     */
    public void prefix(long value) {
        prefix = value & 0xffff_ffffL;
        lowcoreInStorage = false;
        if (Prefixing.isValid(prefix, storage.size())) {
            try {
                lowcore.wrap(storage, prefix);
                lowcoreInStorage = true;
            } catch (IllegalStateException closed) {
                // Closed too early. There is no lowcore; a set-prefix order must not end half done because of it.
                lowcoreInStorage = false;
            }
        }
    }

    /**
     * What a set-prefix order does: sets the prefix, and the last host CPU to 0xffff.
     *
     * @param value 32 bits, unsigned.
     */
    public void setPrefixOrder(int value) {
        prefix(value);
        lastHostCpu = 0xffff;
    }

    /** The initial values of an initial CPU reset; the prefix is 0. */
    public void initialReset() {
        psw(0, 0);
        prefix(0);
        clockComparator(0);
        for (int i = 0; i < 16; i++) {
            control(i, i == 0 ? INITIAL_CONTROL_0 : i == 14 ? INITIAL_CONTROL_14 : 0);
        }
    }

    /**
     * The clock comparator.
     *
     * @return TOD format, 64 bits, unsigned: units of 2^-12 microseconds.
     */
    public long clockComparator() {
        return clockComparator;
    }

    /**
     * Sets the clock comparator.
     *
     * @param value TOD format, 64 bits, unsigned; initially all ones, which never comes.
     */
    public void clockComparator(long value) {
        clockComparator = value;
    }

    /**
     * What is added to the machine's clock, modulo 2^64, to give the guest's.
     *
     * @return TOD format, 64 bits.
     */
    public long epoch() {
        return epoch;
    }

    /**
     * Sets the epoch.
     *
     * @param value TOD format, 64 bits.
     */
    public void epoch(long value) {
        epoch = value;
    }

    /**
     * The first halfword of the instruction that was intercepted; a program interruption's length code comes from it.
     *
     * @return 16 bits.
     */
    public int ipa() {
        return ipa;
    }

    /**
     * Sets the first halfword of the intercepted instruction.
     *
     * @param halfword 16 bits; bits above are ignored.
     */
    public void ipa(int halfword) {
        ipa = halfword & 0xffff;
        withoutInstruction = false;
    }

    /**
     * Says that no instruction is being executed, until the next {@link #ipa(int)}: the length code of a program interruption
     * is 0 then. So it is where the PSW that an interruption or LOAD PSW has loaded is itself the cause (Principles of
     * Operation, chapter Interruptions, Early Exception Recognition). {@link #ipa()} becomes 0.
     */
    public void withoutInstruction() {
        ipa = 0;
        withoutInstruction = true;
    }

    /**
     * The host CPU that the vCPU ran on last; 0xffff after a set-prefix order: cached translations are stale.
     *
     * @return 16 bits.
     */
    public int lastHostCpu() {
        return lastHostCpu;
    }

    /**
     * Sets the last host CPU.
     *
     * @param number 16 bits; bits above are ignored.
     */
    public void lastHostCpu(int number) {
        lastHostCpu = number & 0xffff;
    }

    /**
     * Instruction length, by the two top bits of {@link #ipa}.
     *
     * @return 2, 4, 4 or 6 bytes; 0 without an instruction.
     */
    public int instructionLength() {
        if (withoutInstruction) {
            return 0;
        }
        int code = ipa >>> 14;
        return code == 0 ? 2 : code == 3 ? 6 : 4;
    }

    /**
     * The gates that PSW and control registers hold open. Computed when one of them is loaded.
     *
     * @return a bit for each, {@link Gate#bit}.
     */
    public int openGates() {
        return openGates;
    }

    /**
     * Whether the lowcore lies wholly inside storage, at a multiple of 8192.
     *
     * @return false where a delivery would end by a fault.
     */
    public boolean isLowcoreInStorage() {
        return lowcoreInStorage;
    }

    /**
     * The lowcore.
     *
     * @return valid only where {@link #isLowcoreInStorage}.
     */
    public Lowcore lowcore() {
        return lowcore;
    }
}
