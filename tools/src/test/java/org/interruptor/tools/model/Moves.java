package org.interruptor.tools.model;

import java.util.List;
import java.util.Locale;

/** Single steps with meaningful values. Each vCPU that is passed in is one that may do the step. */
final class Moves {

    private static final long AREA_SIZE = 0x2000;
    private static final long[] NEW_PSWS = {0x1a0, 0x1b0, 0x1d0};
    private static final long EXTERNAL_NEW_PSW = 0x1b0;

    private final Dice dice;
    private final Habits habits;
    private final ScenarioWriter writer;
    private final long memory;

    Moves(Dice dice, Habits habits, ScenarioWriter writer, long memory) {
        this.dice = dice;
        this.habits = habits;
        this.writer = writer;
        this.memory = memory;
    }

    // What the guest and the embedder do to a vCPU's state

    void set(ModelVcpu vcpu, String register, long value) {
        writer.step(String.format(Locale.ROOT, "set %d %s %s", vcpu.number, register, writer.number(value)));
    }

    void setAnyRegister(ModelVcpu vcpu) {
        switch (dice.below(9)) {
            case 0 -> set(vcpu, "psw.addr", dice.number(64));
            case 1 -> set(vcpu, "cr" + dice.between(1, 15), dice.number(64));
            case 2 -> set(vcpu, "prefix", area());
            case 3 -> set(vcpu, "epoch", dice.number(64));
            case 4, 5 -> set(vcpu, "cr0", habits.cr0());
            case 6 -> set(vcpu, "psw.mask", habits.pswMask());
            default -> set(vcpu, "ipa", dice.pick(0L, 0x3fffL, 0x4000L, 0x7fffL, 0x8000L, 0xbfffL, 0xc000L, 0xffffL));
        }
    }

    /** Where a lowcore may be, wholly inside storage. */
    long area() {
        return dice.below((int) (memory / AREA_SIZE)) * AREA_SIZE;
    }

    /** A lowcore's place that is none: beyond storage, across its end, or not aligned. */
    long missingArea() {
        long end = memory / AREA_SIZE * AREA_SIZE;
        return dice.pick(
                end,
                end,
                end,
                end + AREA_SIZE,
                0x7fffe000L,
                0xffffe000L,
                0xffffffffL,
                0x1000L,
                area() + 0x1000,
                area() + 0x800,
                area() | 1);
    }

    void storeNewPsw(long prefix) {
        storeNewPsw(prefix + NEW_PSWS[dice.below(NEW_PSWS.length)], habits.pswMask());
    }

    void storeNewPsws(long prefix) {
        for (long newPsw : NEW_PSWS) {
            storeNewPsw(prefix + newPsw, habits.pswMask());
        }
    }

    void storeExternalNewPsw(long prefix, boolean external) {
        storeNewPsw(prefix + EXTERNAL_NEW_PSW, habits.pswMask(external));
    }

    /** Bytes where deliveries store as well, so that some of theirs change nothing. */
    void storeIntoLowcore() {
        long offset = dice.pick(0x80L, 0x84L, 0x86L, 0x8cL, 0x8eL, 0x120L, 0x130L, 0x150L, 0x11b8L, 0x1ffeL);
        String bytes =
                dice.pick("00", "0d00", "2603", "1004", "0002", "01000001", "ffffFFFF".substring(dice.below(4) * 2));
        writer.step(String.format(
                Locale.ROOT,
                "store %s %s",
                writer.number(area() + offset),
                offset == 0x1ffe ? bytes.substring(0, 2) : bytes));
    }

    private void storeNewPsw(long address, long mask) {
        writer.step(String.format(Locale.ROOT, "store %s %016x%016x", writer.number(address), mask, dice.number(32)));
    }

    // Injection

    void injectVm() {
        InterruptionType type = dice.pick(InterruptionType.SERVICE, InterruptionType.VIRTIO, InterruptionType.VIRTIO);
        String parms = switch (dice.below(4)) {
            case 0 -> "";
            case 1 -> " " + parm();
            default -> " " + parm() + " " + writer.number(dice.number(64));
        };
        writer.step(String.format(Locale.ROOT, "inject vm %s%s", typeToken(type), parms));
    }

    void injectVcpu(ModelVcpu vcpu) {
        injectVcpu(
                vcpu,
                dice.pick(
                        InterruptionType.EMERGENCY,
                        InterruptionType.EMERGENCY,
                        InterruptionType.RESTART,
                        InterruptionType.PROGRAM,
                        InterruptionType.PROGRAM,
                        InterruptionType.STOP,
                        InterruptionType.SET_PREFIX));
    }

    void injectVcpu(ModelVcpu vcpu, InterruptionType type) {
        String parm = switch (type) {
            case PROGRAM -> dice.chance(10) ? "" : " " + writer.number(programCode());
            case SET_PREFIX -> " " + writer.number(area());
            default -> dice.chance(85) ? "" : " " + parm();
        };
        writer.step(String.format(Locale.ROOT, "inject vcpu %d %s%s", vcpu.number, typeToken(type), parm));
    }

    void injectSetPrefix(ModelVcpu vcpu, long prefix) {
        writer.step(String.format(Locale.ROOT, "inject vcpu %d set-prefix %s", vcpu.number, writer.number(prefix)));
    }

    void injectProgram(ModelVcpu vcpu) {
        writer.step(String.format(Locale.ROOT, "inject program %d %s", vcpu.number, writer.number(programCode())));
    }

    /** Well-formed, and to be refused. */
    void injectInvalid(ModelVcpu vcpu) {
        String parm = dice.pick("", "", " " + parm());
        String vm = "inject vm %s" + parm + (parm.isEmpty() ? "" : dice.pick("", " " + writer.number(dice.bits())));
        switch (dice.below(5)) {
            case 0 -> writer.step(String.format(Locale.ROOT, vm, writer.number(unknownType())));
            case 1 ->
                writer.step(String.format(
                        Locale.ROOT, "inject vcpu %d %s%s", vcpu.number, writer.number(unknownType()), parm));
            case 2 ->
                writer.step(String.format(
                        Locale.ROOT,
                        vm,
                        typeToken(dice.pick(
                                InterruptionType.PROGRAM,
                                InterruptionType.STOP,
                                InterruptionType.SET_PREFIX,
                                InterruptionType.RESTART,
                                InterruptionType.EMERGENCY))));
            case 3 ->
                writer.step(String.format(
                        Locale.ROOT,
                        "inject vcpu %d %s%s",
                        vcpu.number,
                        typeToken(dice.pick(InterruptionType.SERVICE, InterruptionType.VIRTIO)),
                        parm));
            default ->
                writer.step(String.format(
                        Locale.ROOT,
                        "inject vcpu %d %s %s",
                        vcpu.number,
                        typeToken(InterruptionType.PROGRAM),
                        writer.number(dice.pick(0x10000L, 0x10001L, 0x80000000L, 0xffffffffL))));
        }
    }

    /** Numbers near those of the table, and those that become one of them where 64 bits are cut to 32 or extended from them. */
    private long unknownType() {
        long known =
                dice.pick(0xfffe0000L, 0xfffe0001L, 0xfffe0002L, 0xfffe0003L, 0xffff1201L, 0xffff2401L, 0xffff2603L);
        return dice.pick(
                0L,
                1L,
                0xfffe0004L,
                0xfffdffffL,
                0xffff1202L,
                0xffff1004L,
                0x7fffffffL,
                0xffffffffL,
                -1L,
                1L << 63,
                dice.bits() & 0xffffL,
                known | (1L << 32),
                known | 0xffffffff00000000L,
                known | (1L << 63),
                known & 0x7fffffffL,
                known & 0xffffL);
    }

    private String typeToken(InterruptionType type) {
        return dice.chance(80) ? type.printedName : writer.number(type.number);
    }

    private String parm() {
        return writer.number(dice.number(32));
    }

    private long programCode() {
        return dice.chance(40) ? dice.number(16) : dice.pick(1L, 4L, 0x11L, 0x80L);
    }

    // What a vCPU does

    void deliver(ModelVcpu vcpu) {
        writer.step(String.format(Locale.ROOT, "deliver %d", vcpu.number));
    }

    void pending(ModelVcpu vcpu) {
        writer.step(String.format(Locale.ROOT, "pending %d", vcpu.number));
    }

    void enterWait(ModelVcpu vcpu) {
        writer.step(String.format(Locale.ROOT, "wait %d", vcpu.number));
    }

    void kick(ModelVcpu vcpu) {
        writer.step(String.format(Locale.ROOT, "kick %d", vcpu.number));
    }

    void dump(ModelVcpu vcpu) {
        writer.step(String.format(Locale.ROOT, "dump %d", vcpu.number));
    }

    // The clock

    /** Brings comparator and clock of the vCPU close to each other, or far apart, by moving either or the epoch. */
    void moveComparator(ModelVcpu vcpu) {
        long clock = writer.machine().clock;
        long distance = distance();
        switch (dice.below(8)) {
            case 0 -> set(vcpu, "epoch", vcpu.clockComparator - distance - clock);
            case 1 -> setClock(vcpu.clockComparator - distance - vcpu.epoch);
            case 2 -> set(vcpu, "ckc", dice.pick(0L, -1L, -1L));
            case 3 -> set(vcpu, "epoch", dice.pick(0L, -1L, -0x1000L, 1L << 63, -clock, -clock - 1));
            default -> set(vcpu, "ckc", clock + vcpu.epoch + distance);
        }
    }

    void setComparatorAhead(ModelVcpu vcpu) {
        long now = writer.machine().clock + vcpu.epoch;
        set(vcpu, "ckc", dice.pick(-1L, now | (1L << 63), now + (1L << dice.between(12, 40)), now));
    }

    /** Also while somebody waits for it: nobody is woken. */
    void moveClock(List<ModelVcpu> vcpus) {
        ModelVcpu vcpu = dice.pick(vcpus);
        long clock = writer.machine().clock;
        switch (dice.below(6)) {
            case 0 -> setClock(dice.pick(-1L, -2L, -0x1000L, 0L, 1L << 63, (1L << 63) - 1));
            case 1 -> setClock(dice.bits());
            case 2 -> setClock(clock + dice.below(0x2000));
            case 3 -> setClock(-1L - dice.below(0x100));
            default -> setClock(vcpu.clockComparator - distance() - vcpu.epoch);
        }
    }

    void setClock(long tod) {
        writer.step(String.format(Locale.ROOT, "clock %s", writer.number(tod)));
    }

    /** How far, in TOD units, a comparator is ahead of the clock; due if negative. */
    private long distance() {
        return dice.pick(
                0L,
                0L,
                -1L,
                -1L,
                1L,
                (long) dice.between(2, 16),
                0x1000L,
                (long) dice.below(0x10000),
                -(long) dice.below(0x10000),
                1L << dice.between(20, 63),
                dice.bits());
    }
}
