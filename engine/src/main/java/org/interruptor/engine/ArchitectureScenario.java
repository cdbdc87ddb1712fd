package org.interruptor.engine;

import static org.interruptor.engine.ScenarioText.hex;
import static org.interruptor.engine.ScenarioText.hex32;

import java.io.IOException;
import java.util.List;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.ProgramInterruption;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.FloatingWord;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.PswLoad;

/**
 * The part of a written scenario that only architecture rules have: conditions, I/O, suppression, timers, CPU states, orders.
 *
 * <p>Threads: one.
 */
final class ArchitectureScenario {
    /** Names of the parameters of a program interruption, as {@link ProgramInterruption#saved} lists them behind code and length. */
    private static final List<String> FIELDS = List.of(
            "teid",
            "exception-access",
            "operand-access",
            "data-exception",
            "monitor-class",
            "monitor-code",
            "per-code",
            "per-atmid",
            "per-address",
            "per-access",
            "breaking-event");

    private static final List<Long> FIELD_MASKS =
            List.of(-1L, 0xffL, 0xffL, 0xffff_ffffL, 0xffffL, -1L, 0xffL, 0xffL, -1L, 0xffL, -1L);
    private static final int FIRST_FIELD = 2;

    private final SavedMachine saved;
    private final ScenarioText out;

    ArchitectureScenario(SavedMachine saved, ScenarioText out) {
        this.saved = saved;
        this.out = out;
    }

    // What floats.

    /** In front of all other I/O interruptions: a mode that suppresses already comes of an interruption that is taken. */
    void suppression() throws IOException {
        int modes = saved.architecture().suppression();
        for (int i = 0; i < Floating.SUBCLASSES; i++) {
            if ((modes & 1 << i) == 0) {
                continue;
            }
            out.line("suppression " + i + " single");
            if ((modes & 1 << (i + Floating.SUBCLASSES)) == 0) {
                continue;
            }
            if (saved.vcpuCount() == 0) {
                out.line("# subclass " + i + " is suppressed");
            } else {
                out.line("inject adapter " + i + " suppressible");
                out.line("take-io 0 " + hex(0x80 >>> i));
            }
        }
    }

    void floating() throws IOException {
        SavedFloating floating = saved.architecture();
        if ((floating.bits() & FloatingWord.CHANNEL_REPORT) != 0) {
            out.line("inject vm channel-report");
        }
        if ((floating.bits() & FloatingWord.KEY) != 0) {
            out.line("inject vm interrupt-key");
        }
        if (floating.timingAlert() != null) {
            out.line("inject vm timing-alert " + hex32(floating.timingAlert()));
        }
        if (floating.serviceEvent() != null) {
            out.line("inject vm service-event " + hex32(floating.serviceEvent()));
        }
        for (SavedIo io : floating.io()) {
            out.line("inject io " + hex32(io.subsystemId()) + " " + hex32((int) (io.payload() >>> Integer.SIZE)) + " "
                    + hex32((int) io.payload()));
            if (io.isWithdrawn()) {
                out.line("withdraw " + hex32(io.subsystemId()));
            }
        }
        for (int i = 0; i < Floating.SUBCLASSES; i++) {
            if ((floating.bits() & FloatingWord.ADAPTER << i) != 0) {
                out.line("inject adapter " + i);
            }
        }
    }

    // One vCPU.

    void conditions(int id) throws IOException {
        SavedCpu cpu = saved.vcpus().get(id).cpu();
        if (cpu.cpuTimer() != 0) {
            out.line("cpu-timer " + id + " " + hex(cpu.cpuTimer()));
        }
        MachineCheck check = cpu.machineCheck();
        if (check != null) {
            out.line("inject machine-check " + id + " " + hex(check.code()) + " " + hex32(check.externalDamageCode())
                    + " " + hex(check.failingStorageAddress()) + " " + hex(check.logout()) + " "
                    + hex(check.logout2()));
        }
        String inject = "inject vcpu " + id + " ";
        for (int sender : cpu.malfunctions()) {
            out.line(inject + "malfunction-alert " + sender);
        }
        for (int sender : cpu.emergencies()) {
            out.line(inject + "emergency " + sender);
        }
        if (cpu.externalCall() >= 0) {
            out.line(inject + "external-call " + cpu.externalCall());
        }
        for (InterruptionType type : LocalConditions.typesIn(cpu.ones())) {
            out.line(inject + type.label());
        }
        if (cpu.measurement() != null) {
            out.line(inject + "measurement-alert " + hex32(cpu.measurement()));
        }
        if (cpu.pageFault() != null) {
            out.line(inject + "page-fault-initial 0 " + hex(cpu.pageFault()));
        }
        program(id, cpu.program());
    }

    private void program(int id, List<Long> program) throws IOException {
        if (program.isEmpty()) {
            return;
        }
        StringBuilder step = new StringBuilder("inject program " + id + " " + hex(program.get(0)));
        for (int i = 0; i < FIELDS.size(); i++) {
            long value = program.get(FIRST_FIELD + i) & FIELD_MASKS.get(i);
            if (value != 0) {
                step.append(' ').append(FIELDS.get(i)).append(' ').append(hex(value));
            }
        }
        out.line(step.toString());
        out.line("# vCPU " + id + " has raised it with the instruction length " + program.get(1));
    }

    /** Order in progress and state. Behind the conditions: a reset comes last. */
    void state(int id) throws IOException {
        long word = saved.vcpus().get(id).cpu().state();
        int state = CpuState.stateIn(word);
        String sigp = "sigp " + id + " " + id + " ";
        boolean isStopped = state == CpuState.STOPPED;
        switch (CpuState.orderIn(word)) {
            case CpuState.STOP -> out.line("inject vcpu " + id + " stop"); // a stopped CPU accepts none
            case CpuState.RESTART -> out.line("inject vcpu " + id + " restart");
            case CpuState.SET_PREFIX ->
                out.line("inject vcpu " + id + " set-prefix " + hex32(CpuState.parameterIn(word)));
            case CpuState.STOP_AND_STORE_STATUS -> out.line(sigp + "stop-and-store-status");
            case CpuState.STORE_STATUS -> {
                out.line("stop " + id);
                out.line(sigp + "store-status " + hex32(CpuState.parameterIn(word)));
                isStopped = true;
            }
            case CpuState.LOAD_PSW -> {
                PswLoad.Psw psw = saved.vcpus().get(id).cpu().load();
                out.line("stop " + id);
                out.line("load " + id + " " + hex(psw.mask()) + " " + hex(psw.address()));
                isStopped = true;
            }
            default -> {} // none
        }
        enter(id, state, isStopped);
    }

    private void enter(int id, int state, boolean wasStopped) throws IOException {
        switch (state) {
            case CpuState.STOPPED -> out.line("stop " + id);
            case CpuState.LOAD -> out.line("load-state " + id + " on");
            case CpuState.CHECK_STOP -> {
                if (isToldByAll(id)) {
                    out.line("check-stop " + id);
                } else {
                    out.line("stop " + id);
                    out.line("# vCPU " + id + " is in check stop, and its malfunction alerts are taken");
                }
            }
            default -> {
                if (wasStopped) {
                    out.line("start " + id);
                }
            }
        }
    }

    /** Whether every other vCPU has its malfunction alert pending, so that the step {@code check-stop} adds none. */
    private boolean isToldByAll(int id) {
        for (int i = 0; i < saved.vcpuCount(); i++) {
            if (i != id && !saved.vcpus().get(i).cpu().malfunctions().contains(id)) {
                return false;
            }
        }
        return true;
    }

    /** Behind all else: a reset cancels orders. */
    void resets() throws IOException {
        boolean isWhole = saved.vcpuCount() > 0
                && saved.architecture().resetting().size() == saved.vcpuCount()
                && saved.vcpus().stream()
                                .mapToInt(vcpu -> CpuState.resetIn(vcpu.cpu().state()))
                                .distinct()
                                .count()
                        == 1;
        for (int i = 0; i < saved.vcpuCount(); i++) {
            int reset = CpuState.resetIn(saved.vcpus().get(i).cpu().state());
            if (isWhole) {
                out.line("reset " + List.of("cpu", "initial-cpu", "clear").get(reset - 1));
                return;
            }
            switch (reset) {
                case CpuState.CPU_RESET -> out.line("sigp " + i + " " + i + " cpu-reset");
                case CpuState.INITIAL_CPU_RESET -> out.line("sigp " + i + " " + i + " initial-cpu-reset");
                case CpuState.CLEAR_RESET -> {
                    out.line("sigp " + i + " " + i + " initial-cpu-reset");
                    out.line("# vCPU " + i + " has still to carry out a clear reset");
                }
                default -> {} // none
            }
            if (saved.architecture().resetting().contains(i)) {
                out.line("# vCPU " + i + " carries it out as part of a reset of the machine");
            }
        }
    }
}
