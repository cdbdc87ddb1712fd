package org.interruptor.tools.guest;

import java.io.PrintWriter;
import java.util.Locale;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;
import org.interruptor.tools.guest.instruction.Instruction;
import org.interruptor.tools.guest.instruction.Tracer;

/**
 * Prints each instruction before it is executed, and each delivery:
 *
 * <pre>
 *   0 0000000000010006 e32012000004 lg %r2,512(%r0,%r1)
 *   0 takes service 00013000 0000000000000000
 * </pre>
 *
 * <p>Threads: each CPU's own, a line at a time.
 */
final class TraceLines implements Tracer, EngineListener {
    private final PrintWriter out;

    TraceLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void executes(Cpu cpu, long address, long code, Instruction instruction) {
        int length = Storage.length(code);
        String digits = String.format(Locale.ROOT, "%016x", code).substring(0, 2 * length);
        String text = instruction == null ? "(operation exception)" : instruction.text(code);
        out.print(String.format(Locale.ROOT, "%d %016x %-12s %s%n", cpu.id(), address, digits, text));
    }

    @Override
    public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
        out.print(String.format(Locale.ROOT, "%d takes %s %08x %016x%n", vcpu, type.label(), parameter, parameter64));
    }
}
