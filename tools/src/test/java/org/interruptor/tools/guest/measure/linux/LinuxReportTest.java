package org.interruptor.tools.guest.measure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;

/** Counters of a phase, lateness of timers, and how both are printed. */
class LinuxReportTest {
    private static final int EMERGENCY_GATE = 0x4000;
    private static final int SIGNALS = 3;

    private final ConsoleReport report = new ConsoleReport(phase -> {}, phase -> {});
    private final TickLateness ticks = new TickLateness(vcpu -> 4096L * vcpu);

    private String printed(PhaseCounters counters) {
        StringWriter text = new StringWriter();
        new LinuxReport(new PrintWriter(text)).print(report, counters, ticks);
        return text.toString();
    }

    @Test
    void countersAreThoseOfThePhase() {
        try (GuestMemory memory = GuestMemory.allocate(1 << 20);
                Machine machine = Machine.builder(memory).vcpus(1).build()) {
            Vcpu vcpu = machine.vcpu(0).bind();
            memory.putLong(0x1b0, PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING);
            PhaseCounters counters = new PhaseCounters(machine);
            counters.end(Phase.DISK); // nothing has begun
            deliver(vcpu);
            counters.begin(Phase.SIGNAL);
            for (int i = 0; i < SIGNALS; i++) {
                deliver(vcpu);
            }
            counters.end(Phase.SIGNAL);
            deliver(vcpu);
            assertThat(counters.perSecond(Phase.SIGNAL, Counter.DELIVER_EMERGENCY_SIGNAL))
                    .isPositive();
            assertThat(counters.perSecond(Phase.SIGNAL, Counter.DELIVER_IO)).isZero();
            assertThat(counters.perSecond(Phase.DISK, Counter.DELIVER_EMERGENCY_SIGNAL))
                    .isZero();
            assertThat(counters.count(Phase.SIGNAL, Counter.DELIVER_EMERGENCY_SIGNAL))
                    .isEqualTo(SIGNALS);
        }
    }

    private static void deliver(Vcpu vcpu) {
        vcpu.registers().psw(PswMask.EXTERNAL, 0);
        vcpu.loadControl(0, EMERGENCY_GATE);
        vcpu.handle().injectEmergency();
        vcpu.deliverPending();
    }

    @Test
    void onlyClockComparatorsOfThePhaseAreLate() {
        ticks.onDeliver(9, InterruptionType.CLOCK_COMPARATOR, 0, 0);
        ticks.begin();
        ticks.onDeliver(2, InterruptionType.CLOCK_COMPARATOR, 0, 0);
        ticks.onDeliver(9, InterruptionType.EXTERNAL_CALL, 0, 0);
        ticks.end();
        ticks.onDeliver(9, InterruptionType.CLOCK_COMPARATOR, 0, 0);
        assertThat(ticks.histogram().getTotalCount()).isEqualTo(1);
    }

    @Test
    void aPhaseThatCouldNotRunIsNone() {
        report.write(
                "measure: timer  end   0000000000000002 00000000f4240000\nmeasure: timer  =     00001000 00003000\n"
                        .getBytes(StandardCharsets.US_ASCII));
        try (GuestMemory memory = GuestMemory.allocate(1 << 20);
                Machine machine = Machine.builder(memory).vcpus(1).build()) {
            assertThat(printed(new PhaseCounters(machine)).lines())
                    .contains("  sleeps of 1 ms, too late by                 2           2       1.0       3.0"
                            + "       3.0       3.0")
                    .contains("  CPU 0 to CPU 1 and back                  none")
                    .contains("  reads of 4 KiB from the disk             none");
        }
    }
}
