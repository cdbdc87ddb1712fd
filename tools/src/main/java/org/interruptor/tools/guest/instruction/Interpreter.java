package org.interruptor.tools.guest.instruction;

import org.interruptor.engine.Vcpu;
import org.interruptor.engine.gate.Registers;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Executes guest code on one CPU, until it has to be left for a delivery.
 *
 * <pre>
 *   fetch --> find in the table --> PSW address moves on --> execute --> attention? request? timer? --> fetch
 *      `----------`--- ProgramException: raised on the engine, and guest code is left ---'
 * </pre>
 *
 * <p>The old PSW of a program interruption points behind the instruction if that is suppressed or completed, and at it if it is
 * nullified.
 *
 * <p>Threads: the CPU's own.
 */
public final class Interpreter {
    /** After so many instructions the timers are asked; that costs a reading of the clock where a gate of theirs is open. */
    private static final int INSTRUCTIONS_PER_CLOCK = 64;

    private final InstructionTable table = InstructionTable.all();
    private final Cpu cpu;
    private final Vcpu vcpu;
    private final Registers registers;
    private final Storage storage;
    private final Tracer tracer;
    private final Debugger debugger;

    /** Address of the instruction that is being executed. */
    private long current;

    /** Instructions completed in this call of {@link #run}. */
    private long completed;

    /**
     * An interpreter for one CPU.
     *
     * @param cpu its state.
     * @param tracer is told each instruction; null for none.
     * @param debugger is asked before each instruction; null for none.
     */
    public Interpreter(Cpu cpu, Tracer tracer, Debugger debugger) {
        this.cpu = cpu;
        this.vcpu = cpu.vcpu();
        this.registers = cpu.registers();
        this.storage = cpu.storage();
        this.tracer = tracer;
        this.debugger = debugger;
    }

    /**
     * Executes instructions until something came from outside ({@link Vcpu#isAttention}), the guest has loaded what a request
     * waits for, a timer is due, a program interruption was raised, or the PSW says wait.
     *
     * @return how many instructions were completed.
     */
    public long run() {
        completed = 0;
        cpu.enter();
        storage.enter();
        try {
            execute();
        } catch (ProgramException exception) {
            raise(exception);
        } finally {
            storage.leave();
        }
        return completed;
    }

    private void execute() {
        if (!cpu.pswLoaded()) {
            throw ProgramException.EARLY_SPECIFICATION;
        }
        while (vcpu.nanosToTimer() != 0) {
            storage.poll();
            for (int i = 0; i < INSTRUCTIONS_PER_CLOCK; i++) {
                if (cpu.isLeaving() || vcpu.isAttention()) {
                    return;
                }
                if (debugger != null && debugger.stops(cpu)) {
                    return;
                }
                step();
                completed++;
            }
        }
    }

    private void step() {
        long address = registers.pswAddress();
        current = address;
        if (!storage.isNextOnPage(address)) {
            registers.ipa(0); // the shortest, should the fetch fail
            cpu.begin(address, 2);
        }
        long code = storage.fetch(address);
        registers.ipa((int) (code >>> 48));
        cpu.begin(address, Storage.length(code));
        if (tracer != null) {
            tracer.executes(cpu, address, code, table.find(code));
        }
        Decoder decoder = table.decoder(code);
        if (decoder == null) {
            throw ProgramException.OPERATION;
        }
        decoder.execute(cpu, code);
    }

    private void raise(ProgramException exception) {
        if (!exception.isOfInstruction()) {
            registers.withoutInstruction();
        }
        if (exception.isNullifying()) {
            registers.pswAddress(current);
        }
        cpu.raise(exception);
    }
}
