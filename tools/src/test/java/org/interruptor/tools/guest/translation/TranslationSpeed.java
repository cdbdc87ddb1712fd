package org.interruptor.tools.guest.translation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.interruptor.tools.guest.GuestCpu;

/**
 * A program, not a test: how many instructions a second a CPU executes, with DAT off and on, in turn. The loop has loads, stores,
 * arithmetic, comparisons and branches, 16 instructions a turn. Time is that of the thread on its CPU, so that a busy host counts
 * less.
 * What limits it is the interpreter's dispatch.
 */
public final class TranslationSpeed {
    private static final int ROUNDS = 12;
    private static final int TURNS = 2_000_000;
    private static final long DATA = 0x2_0000;
    private static final String[] LOOP = {
        "e320a0000004", // lg %r2,0(%r10)
        "b9080032", // agr %r3,%r2
        "e330a0080024", // stg %r3,8(%r10)
        "5840a010", // l %r4,16(%r10)
        "1a43", // ar %r4,%r3
        "5040a014", // st %r4,20(%r10)
        "41506001", // la %r5,1(%r6)
        "a7580003", // lhi %r5,3
        "1255", // ltr %r5,%r5
        "a7840004", // brc 8, never taken
        "b9040076", // lgr %r7,%r6
        "e370a0200024", // stg %r7,32(%r10)
        "9501a000", // cli 0(%r10),1
        "b90200aa", // ltgr %r10,%r10
        "b9040012", // lgr %r1,%r2
        "a796ffe1", // brct %r9, 62 bytes back
    };

    private TranslationSpeed() {}

    public static void main(String[] arguments) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (GuestCpu guest = new GuestCpu(1 << 22)) {
            GuestTables tables = new GuestTables(guest.memory, 0x10_0000);
            long asce = GuestTables.asce(tables.table(1), 1); // three levels, as Linux has them
            tables.map(asce, GuestCpu.CODE, GuestCpu.CODE);
            tables.map(asce, DATA, DATA);
            guest.control(13, asce);
            for (int round = 0; round < ROUNDS; round++) {
                boolean isOn = (round & 1) == 1;
                guest.cpu.gr(9, TURNS);
                guest.cpu.gr(10, DATA);
                long begin = threads.getCurrentThreadCpuTime();
                guest.run(isOn ? GuestCpu.MASK | GuestCpu.DAT | GuestCpu.HOME : GuestCpu.MASK, LOOP);
                double seconds = (threads.getCurrentThreadCpuTime() - begin) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "DAT %-3s %6.1f million instructions a second%n",
                        isOn ? "on" : "off",
                        (double) TURNS * LOOP.length / seconds / 1e6);
            }
        }
    }
}
