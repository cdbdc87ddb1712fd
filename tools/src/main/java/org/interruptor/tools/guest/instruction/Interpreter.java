package org.interruptor.tools.guest.instruction;

import java.util.Locale;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.Vcpu;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.InterruptionParameters;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Executes guest code on one CPU, until it has to be left for a delivery.
 *
 * <pre>
 *   fetch --> find in the table --> PSW address moves on --> execute --> attention? request? clock comparator? --> fetch
 *      `----------`--- ProgramException: raised on the engine, and guest code is left ---'
 * </pre>
 *
 * <p>The old PSW of a program interruption points behind the instruction if that is suppressed or completed, and at it if it is
 * nullified.
 *
 * <p>Threads: the CPU's own.
 */
public final class Interpreter {
    /** After so many instructions the clock comparator is asked; it costs a reading of the clock where its gate is open. */
    private static final int INSTRUCTIONS_PER_CLOCK = 64;

    /** So many program interruptions may follow one another with no instruction completed in between. */
    private static final int MOST_FAILURES = 1000;

    private final InstructionTable table = InstructionTable.all();
    private final Cpu cpu;
    private final Vcpu vcpu;
    private final Registers registers;
    private final Storage storage;
    private final Tracer tracer;

    /** Address of the instruction that is being executed. */
    private long current;

    /** Program interruptions since the last instruction that was completed. */
    private int failures;

    /** Of the last call of {@link #run}. */
    private boolean hasCompleted;

    /**
     * An interpreter for one CPU.
     *
     * @param cpu its state.
     * @param tracer is told each instruction; null for none.
     */
    public Interpreter(Cpu cpu, Tracer tracer) {
        this.cpu = cpu;
        this.vcpu = cpu.vcpu();
        this.registers = cpu.registers();
        this.storage = cpu.storage();
        this.tracer = tracer;
    }

    /**
     * Executes instructions until something came from outside ({@link Vcpu#isAttention}), the guest has loaded what a request
     * waits for, the clock comparator is due, a program interruption was raised, or the PSW says wait.
     *
     * @return whether an instruction was completed.
     */
    public boolean run() {
        hasCompleted = false;
        execute();
        return hasCompleted;
    }

    private void execute() {
        cpu.enter();
        storage.enter();
        try {
            if (!cpu.pswLoaded()) {
                throw ProgramException.EARLY_SPECIFICATION;
            }
            while (vcpu.nanosToTimer() != 0) {
                storage.poll();
                for (int i = 0; i < INSTRUCTIONS_PER_CLOCK; i++) {
                    if (cpu.isLeaving() || vcpu.isAttention()) {
                        return;
                    }
                    step();
                    failures = 0;
                    hasCompleted = true;
                }
            }
        } catch (ProgramException exception) {
            raise(exception);
            failures++;
            if (failures == MOST_FAILURES) {
                cpu.platform()
                        .stuck(
                                cpu,
                                String.format(
                                        Locale.ROOT,
                                        "%d program interruptions, the last with code 0x%02x, and no instruction completed in between",
                                        failures,
                                        exception.code()));
            }
        } finally {
            storage.leave();
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
        InterruptionParameters.store(storage.real(), exception);
        InjectResult result = vcpu.raiseProgram(exception.code());
        if (result != InjectResult.ACCEPTED && !vcpu.machine().isClosed()) {
            throw new IllegalStateException("vCPU " + vcpu.id() + ": a program interruption is " + result
                    + ", although each is delivered before the next instruction");
        }
    }
}
