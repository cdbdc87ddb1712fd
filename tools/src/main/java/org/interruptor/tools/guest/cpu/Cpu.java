package org.interruptor.tools.guest.cpu;

import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.gate.PswCheck;
import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.translation.AddressSpace;

/**
 * The state of one CPU, and what all instructions do with it: PSW, control registers, interruptions, storage. The condition code is in
 * {@link ConditionCode}, addresses and branches are in {@link Addressing}, general registers in {@link RegisterFile}.
 *
 * <p>Short names, since the instruction tables are written in them: {@code gr} a general register, {@code cc} the condition
 * code. Bits are numbered from the left, 0 to 63; the 32-bit instructions use bits 32 to 63 and leave the rest alone.
 *
 * <p>Threads: the CPU's own; another one while the CPU's does not run.
 */
public final class Cpu extends ConditionCode {
    private static final long ENABLING = PswMask.EXTERNAL | PswMask.IO | PswMask.MACHINE_CHECK;

    private static final int REGISTERS = 16;

    /** CR0: all 16 floating-point registers, the FPC and binary floating point may be used. */
    private static final long AFP_REGISTER_CONTROL = 0x0004_0000L;

    /** Without that control there are floating-point registers 0, 2, 4 and 6. */
    private static final int WITHOUT_AFP = ~6;

    private static final int DXC_SHIFT = 8;

    /** PSW bits that decide how storage is reached. */
    private static final long ACCESS_BITS = PswMask.DAT | PswMask.ADDRESS_SPACE_CONTROL | PswMask.KEY;

    /** The control registers that do: 0, 1, 7 and 13. */
    private static final int ACCESS_CONTROLS = 1 | 1 << 1 | 1 << 7 | 1 << 13;

    private final Vcpu vcpu;
    private final Storage storage;
    private final Platform platform;
    private final WideLocks wideLocks;

    private boolean leaving;

    /**
     * A machine's only CPU, with all its own registers zero.
     *
     * @param vcpu what the engine has of it.
     * @param platform the machine around it.
     */
    public Cpu(Vcpu vcpu, Platform platform) {
        this(
                vcpu,
                platform,
                new MainStorage(vcpu.machine().storage(), vcpu.machine().vcpuCount()));
    }

    /**
     * A CPU with all its own registers zero.
     *
     * @param vcpu what the engine has of it.
     * @param platform the machine around it.
     * @param main what it shares with the machine's other CPUs.
     */
    public Cpu(Vcpu vcpu, Platform platform, MainStorage main) {
        super(vcpu.registers());
        this.vcpu = vcpu;
        this.platform = platform;
        wideLocks = platform.wideLocks();
        storage = new Storage(main, registers(), vcpu.id());
    }

    /**
     * The CPU address.
     *
     * @return 0 to the number of CPUs less 1.
     */
    public int id() {
        return vcpu.id();
    }

    /**
     * What the engine has of it.
     *
     * @return its vCPU.
     */
    public Vcpu vcpu() {
        return vcpu;
    }

    /**
     * Storage as this CPU reaches it.
     *
     * @return the storage.
     */
    public Storage storage() {
        return storage;
    }

    /**
     * The CPU's condition with parameters, to be filled in and thrown.
     *
     * @return the same object always.
     */
    public ParameterException exception() {
        return storage.exception();
    }

    /**
     * The machine around it.
     *
     * @return the platform.
     */
    public Platform platform() {
        return platform;
    }

    /**
     * The locks of 16-byte operands.
     *
     * @return those of the machine.
     */
    public WideLocks wideLocks() {
        return wideLocks;
    }

    /**
     * What a reset does to the registers that the engine does not have: an initial CPU reset makes FPC and TOD programmable register
     * zero, a clear reset general, access and floating-point registers, too. Every reset purges the TLB. Source: Principles of
     * Operation, chapter Control, Resets.
     *
     * @param kind of the reset.
     */
    public void reset(ResetKind kind) {
        storage.purge();
        if (kind != ResetKind.CPU) {
            fpc(0);
            programmableField(0);
        }
        if (kind == ResetKind.CLEAR) {
            for (int i = 0; i < REGISTERS; i++) {
                gr(i, 0);
                ar(i, 0);
                fpr(i, 0);
            }
        }
    }

    // Interruptions that an instruction causes.

    /**
     * Raises a program interruption with its parameters on the engine, which delivers it next.
     *
     * @param exception the condition.
     */
    public void raise(ProgramException exception) {
        vcpu.programInterruption()
                .begin(exception.code(), registers().instructionLength())
                .teid(exception.translationExceptionId())
                .operandAccess(exception.operandAccessId())
                .dataException(exception.dataExceptionCode())
                .monitor(exception.monitorClass(), exception.monitorCode());
        vcpu.raiseProgram();
    }

    /**
     * Supervisor-call interruption: the engine swaps the PSWs at once. Guest code is left if the new one says so, or is invalid.
     *
     * @param code 0 to 255.
     * @param length of the instruction, in bytes.
     * @throws ProgramException ADDRESSING if the prefix area is not in storage.
     */
    public void supervisorCall(int code, int length) {
        storage.serialize();
        int answer = vcpu.supervisorCall(code, length);
        if (answer == Vcpu.FAULT) {
            throw ProgramException.ADDRESSING;
        }
        if (answer != 0) {
            leaving = true;
        }
        pswLoaded();
    }

    // Floating point.

    /**
     * Checks that a floating-point register may be used.
     *
     * @param number 0 to 15.
     * @throws ProgramException DATA, with data-exception code 1, if it is one of the additional ones and those are off.
     */
    public void checkFloatingRegister(int number) {
        if ((number & WITHOUT_AFP) != 0 && !isAdditionalFloatingPoint()) {
            throw dataException(DataException.AFP_REGISTER);
        }
    }

    /**
     * Checks that binary floating-point instructions may be used.
     *
     * @throws ProgramException DATA, with data-exception code 2, if they are off.
     */
    public void checkBinaryFloatingPoint() {
        if (!isAdditionalFloatingPoint()) {
            throw dataException(DataException.BFP_INSTRUCTION);
        }
    }

    private boolean isAdditionalFloatingPoint() {
        return (registers().control(0) & AFP_REGISTER_CONTROL) != 0;
    }

    /**
     * A data exception. Its code goes to byte 2 of the FPC where the AFP-register control is one.
     *
     * @param code see {@link DataException}.
     * @return the exception, to be thrown.
     */
    public ProgramException dataException(int code) {
        if (isAdditionalFloatingPoint()) {
            fpc((fpc() & ~(0xff << DXC_SHIFT)) | (code << DXC_SHIFT));
        }
        return exception().data(code);
    }

    // PSW.

    /**
     * Whether the CPU is in the problem state.
     *
     * @return the PSW's bit 15.
     */
    public boolean isProblemState() {
        return (registers().pswMask() & PswMask.PROBLEM_STATE) != 0;
    }

    /**
     * Sets bits of the PSW mask that concern no interruption: key, address-space control, condition code, program mask, addressing
     * mode.
     *
     * @param bits which.
     * @param value their new values, in place.
     */
    public void pswBits(long bits, long value) {
        pswMask((registers().pswMask() & ~bits) | (value & bits));
        addressingMode();
        if ((bits & ACCESS_BITS) != 0) {
            accessMode();
        }
    }

    /**
     * Loads a PSW as an instruction does. Guest code is left if it is one to wait with, or opens what a request waits for.
     *
     * @param mask first doubleword.
     * @param address second doubleword.
     * @throws ProgramException EARLY_SPECIFICATION if it is invalid; it is the current one by then.
     */
    public void loadPsw(long mask, long address) {
        if (!isValidLoaded(mask, address)) {
            throw ProgramException.EARLY_SPECIFICATION;
        }
    }

    /**
     * Sets the system mask, PSW bits 0 to 7, as an instruction does.
     *
     * @param systemMask 8 bits.
     * @throws ProgramException SPECIFICATION if the PSW is invalid with it; it is set by then.
     */
    public void systemMask(int systemMask) {
        long mask = (registers().pswMask() & 0x00ff_ffff_ffff_ffffL) | ((long) systemMask << 56);
        if (!isValidLoaded(mask, registers().pswAddress())) {
            throw ProgramException.SPECIFICATION;
        }
    }

    private boolean isValidLoaded(long mask, long address) {
        storage.serialize();
        if (vcpu.loadPsw(mask, address)) {
            leaving = true;
        }
        return pswLoaded();
    }

    /**
     * Takes note of a PSW that was loaded, by an instruction or an interruption.
     *
     * @return whether it is valid.
     */
    public boolean pswLoaded() {
        long mask = registers().pswMask();
        addressingMode();
        if (PswCheck.isInvalid(mask, registers().pswAddress())) {
            return false;
        }
        if (PswMask.isWait(mask)) {
            leaving = true;
        }
        accessMode();
        return true;
    }

    /** The PSW was loaded, or what decides how storage is reached. */
    private void accessMode() {
        storage.update();
        long mask = registers().pswMask();
        if ((mask & PswMask.DAT) != 0 && AddressSpace.ofPsw(mask) == AddressSpace.ACCESS_REGISTER) {
            platform.cannotGoOn(this, "this machine has no access-register mode");
        }
    }

    /**
     * Whether the CPU waits instead of executing instructions.
     *
     * @return true for a wait state; false also for one that is invalid, since the interruption for that comes first.
     */
    public boolean isWaiting() {
        long mask = registers().pswMask();
        return PswMask.isWait(mask) && !PswCheck.isInvalid(mask, registers().pswAddress());
    }

    /**
     * Whether the CPU waits for what no interruption but a restart can end.
     *
     * @return true for a wait state that is disabled for external, I/O and machine-check interruptions.
     */
    public boolean isDisabledWait() {
        return isWaiting() && (registers().pswMask() & ENABLING) == 0;
    }

    /**
     * Loads a control register as an instruction does. Guest code is left if it opens what a request waits for.
     *
     * @param number 0 to 15.
     * @param value 64 bits.
     */
    public void loadControl(int number, long value) {
        if (vcpu.loadControl(number, value)) {
            leaving = true;
        }
        if ((ACCESS_CONTROLS & (1 << number)) != 0) {
            storage.update();
        }
    }

    /** Leaves guest code behind this instruction. */
    public void leave() {
        leaving = true;
    }

    /** Begins or goes on with guest code. */
    public void enter() {
        leaving = false;
    }

    /**
     * Whether guest code has to be left behind this instruction.
     *
     * @return true for a PSW to wait with, a request, and whatever called {@link #leave}.
     */
    public boolean isLeaving() {
        return leaving;
    }

    /**
     * The guest's clock.
     *
     * @return TOD value, 64 bits, unsigned.
     */
    public long clock() {
        return vcpu.guestTime();
    }
}
