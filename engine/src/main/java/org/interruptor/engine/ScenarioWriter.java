package org.interruptor.engine;

import static org.interruptor.engine.ScenarioText.hex;
import static org.interruptor.engine.ScenarioText.hex32;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.Prefixing;
import org.interruptor.memory.PswMask;

/**
 * Writes a machine at rest as the set-up steps of a scenario for {@code interruptor replay}, so that a hang becomes a test. Add
 * the steps that show the fault by hand: {@code deliver}, {@code wait}, {@code dump}.
 *
 * <p>The scenario has the registers, the interruption fields of each lowcore of a current or queued prefix, and what is pending, in
 * order. Under architecture rules it has CPU states, orders in progress, timers and suppression modes too. What scenarios have no step
 * for is a comment: a kick, requests, the STOP flag, under original rules a stopped vCPU, and a stop-on-stop action that does not fit the
 * queue. The counters begin at zero.
 *
 * <p>Threads: as {@link Machine#save}.
 */
public final class ScenarioWriter {
    /** More a scenario cannot have: {@code tools/scenario.md}. */
    private static final int VCPUS_AT_MOST = 64;

    /** A scenario has a line for each emergency signal. */
    private static final long EMERGENCIES_AT_MOST = 1 << 20;

    private static final int EXTENDED_SAVE_AREA_OFFSET = 0x11b0;

    private static final HexFormat HEX = HexFormat.of();

    /** Offsets and lengths of what an interruption reads or stores. */
    private static final int[][] LOWCORE_FIELDS = {
        {Lowcore.EXTERNAL_PARAMETER_OFFSET, 16},
        {Lowcore.RESTART_OLD_PSW_MASK_OFFSET, 16},
        {Lowcore.EXTERNAL_OLD_PSW_MASK_OFFSET, 16},
        {Lowcore.PROGRAM_OLD_PSW_MASK_OFFSET, 16},
        {Lowcore.RESTART_NEW_PSW_MASK_OFFSET, 16},
        {Lowcore.EXTERNAL_NEW_PSW_MASK_OFFSET, 16},
        {Lowcore.PROGRAM_NEW_PSW_MASK_OFFSET, 16},
        {Lowcore.EXTERNAL_PARAMETER_64_OFFSET, 8},
    };

    /** What architecture rules read and store: all assigned locations, and where the area for vector registers is named. */
    private static final int[][] ARCHITECTURE_FIELDS = {
        {Lowcore.EXTERNAL_PARAMETER_OFFSET, 0x98},
        {Lowcore.RESTART_OLD_PSW_MASK_OFFSET, 0xe0},
        {EXTENDED_SAVE_AREA_OFFSET, 16},
    };

    private final SavedMachine saved;
    private final GuestMemory storage;
    private final ScenarioText out;

    /** Null under original rules. */
    private final ArchitectureScenario architecture;

    private ScenarioWriter(SavedMachine saved, GuestMemory storage, ScenarioText out) {
        this.saved = saved;
        this.storage = storage;
        this.out = out;
        architecture = saved.rules() == Rules.ARCHITECTURE ? new ArchitectureScenario(saved, out) : null;
    }

    /**
     * Writes a machine at rest.
     *
     * @param machine the machine; it does not change.
     * @param out gets the scenario, lines ended by a line feed.
     * @throws IOException what {@code out} throws.
     * @throws IllegalStateException if the machine is closed, a vCPU is in the wait, or the machine is too large for a
     *     scenario: 64 vCPUs, about a million emergency signals queued for one.
     */
    public static void write(Machine machine, Appendable out) throws IOException {
        new ScenarioWriter(machine.save(), machine.storage(), new ScenarioText(out)).write();
    }

    private void write() throws IOException {
        checkSize();
        out.line("machine vcpus " + saved.vcpuCount() + " memory " + hex(storage.size())
                + (architecture == null ? "" : " rules architecture"));
        if (saved.tod() != 0) {
            out.line("clock " + hex(saved.tod()));
        }
        if (architecture != null && saved.architecture().clockEpoch() != 0) {
            out.line("set-clock " + hex(saved.tod() + saved.architecture().clockEpoch()));
        }
        for (long prefix : prefixes()) {
            lowcore(prefix);
        }
        for (int i = 0; i < saved.vcpuCount(); i++) {
            registers(i, saved.vcpus().get(i));
        }
        if (architecture != null) {
            architecture.suppression();
            architecture.floating();
        }
        for (QueuedInterruption queued : saved.floating()) {
            out.line("inject vm " + queued.type().label() + " " + hex32(queued.parameter()) + " "
                    + hex(queued.parameter64()));
        }
        for (int i = 0; i < saved.vcpuCount(); i++) {
            localQueue(i, saved.vcpus().get(i).queue());
        }
        if (architecture != null) {
            for (int i = 0; i < saved.vcpuCount(); i++) {
                architecture.conditions(i);
                architecture.state(i);
            }
            architecture.resets();
        }
        for (int i = 0; i < saved.vcpuCount(); i++) {
            comments(i, saved.vcpus().get(i));
        }
    }

    private void checkSize() {
        if (saved.vcpuCount() > VCPUS_AT_MOST) {
            throw new IllegalStateException(
                    "too large for a scenario: " + saved.vcpuCount() + " vCPUs, expected at most " + VCPUS_AT_MOST);
        }
        for (int i = 0; i < saved.vcpuCount(); i++) {
            long emergencies = saved.vcpus().get(i).emergencies();
            if (emergencies > EMERGENCIES_AT_MOST) {
                throw new IllegalStateException("too large for a scenario: " + emergencies
                        + " emergency signals queued for vCPU " + i + ", expected at most " + EMERGENCIES_AT_MOST);
            }
        }
    }

    /** Where a lowcore is, or will be once the set-prefix orders are delivered; those that lie in storage. */
    private SortedSet<Long> prefixes() {
        SortedSet<Long> prefixes = new TreeSet<>();
        for (SavedVcpu vcpu : saved.vcpus()) {
            prefixes.add(vcpu.prefix());
            if (vcpu.cpu() != null && CpuState.orderIn(vcpu.cpu().state()) == CpuState.SET_PREFIX) {
                prefixes.add(
                        Integer.toUnsignedLong(CpuState.parameterIn(vcpu.cpu().state())));
            }
            for (QueuedInterruption queued : vcpu.queue()) {
                if (queued.type() == InterruptionType.SET_PREFIX) {
                    prefixes.add(Integer.toUnsignedLong(queued.parameter()));
                }
            }
        }
        prefixes.removeIf(prefix -> !Prefixing.isValid(prefix, storage.size()));
        return prefixes;
    }

    private void lowcore(long prefix) throws IOException {
        for (int[] field : architecture == null ? LOWCORE_FIELDS : ARCHITECTURE_FIELDS) {
            byte[] bytes = new byte[field[1]];
            storage.getBytes(prefix + field[0], bytes, 0, bytes.length);
            String hex = HEX.formatHex(bytes);
            if (hex.chars().anyMatch(digit -> digit != '0')) {
                out.line("store " + hex(prefix + field[0]) + " " + hex);
            }
        }
    }

    private void registers(int id, SavedVcpu vcpu) throws IOException {
        set(id, "psw.mask", vcpu.pswMask(), 0);
        set(id, "psw.addr", vcpu.pswAddress(), 0);
        for (int i = 0; i < SavedVcpu.CONTROL_REGISTERS; i++) {
            set(id, "cr" + i, vcpu.control().get(i), 0);
        }
        set(id, "prefix", vcpu.prefix(), 0);
        set(id, "ckc", vcpu.clockComparator(), -1);
        set(id, "epoch", vcpu.epoch(), 0);
        set(id, "ipa", vcpu.ipa(), 0);
    }

    private void set(int id, String register, long value, long initially) throws IOException {
        if (value != initially) {
            out.line("set " + id + " " + register + " " + hex(value));
        }
    }

    /** Program interruptions go to the front, so the newest comes last. */
    private void localQueue(int id, List<QueuedInterruption> queue) throws IOException {
        List<QueuedInterruption> programs = queue.stream()
                .filter(queued -> queued.type() == InterruptionType.PROGRAM)
                .toList();
        for (QueuedInterruption queued : queue.subList(programs.size(), queue.size())) {
            String parameter = queued.type() == InterruptionType.SET_PREFIX ? " " + hex32(queued.parameter()) : "";
            for (long i = 0; i < queued.count(); i++) {
                out.line("inject vcpu " + id + " " + queued.type().label() + parameter);
            }
        }
        List<QueuedInterruption> oldestFirst = new ArrayList<>(programs);
        Collections.reverse(oldestFirst);
        for (QueuedInterruption queued : oldestFirst) {
            out.line("inject vcpu " + id + " program " + hex32(queued.parameter()));
        }
    }

    /** What a scenario has no step for. */
    private void comments(int id, SavedVcpu vcpu) throws IOException {
        boolean isStopQueued = architecture == null
                ? vcpu.queue().stream().anyMatch(queued -> queued.type() == InterruptionType.STOP)
                : vcpu.is(VcpuCondition.STOP_ON_STOP);
        comment(id, architecture == null && !vcpu.is(VcpuCondition.OPERATING), "is stopped; here it operates");
        comment(id, vcpu.is(VcpuCondition.KICK_PENDING), "has a kick, not yet taken");
        comment(
                id,
                vcpu.is(VcpuCondition.STOP_ON_STOP) && !isStopQueued,
                "has stop-on-stop set, its stop is delivered");
        comment(
                id,
                !vcpu.is(VcpuCondition.STOP_ON_STOP) && isStopQueued,
                "has no stop-on-stop set, its action is taken");
        comment(id, vcpu.isStopDelivered(), "has the flag STOP, until its next delivery");
        comment(id, vcpu.is(VcpuCondition.EXT_REQUEST), "has a request in the flag EXT, until its next delivery");
        comment(id, vcpu.is(VcpuCondition.IO_REQUEST), "has a request in the flag IO, until its next delivery");
        comment(
                id,
                vcpu.is(VcpuCondition.CR0_REQUEST)
                        || vcpu.is(VcpuCondition.CR6_REQUEST)
                        || vcpu.is(VcpuCondition.CR14_REQUEST),
                "has a request in lctl, until its next delivery");
        comment(
                id,
                vcpu.is(VcpuCondition.MACHINE_CHECK_REQUEST),
                "has a request for machine checks, until its next delivery");
        comment(id, vcpu.lastHostCpu() != 0, "has ihcpu " + hex(vcpu.lastHostCpu()));
        comment(id, vcpu.isWithoutInstruction(), "executes no instruction: the length of a program interruption is 0");
        comment(id, vcpu.fault() != null, "had a fault: " + vcpu.fault());
        comment(id, PswMask.isWait(vcpu.pswMask()), "has a wait PSW: \"wait " + id + "\" says whether it would sleep");
    }

    private void comment(int id, boolean isTrue, String what) throws IOException {
        if (isTrue) {
            out.line("# vCPU " + id + " " + what);
        }
    }
}
