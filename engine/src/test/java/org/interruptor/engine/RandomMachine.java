package org.interruptor.engine;

import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;

/**
 * A machine on which random operations are carried out, each with an answer as text, and which can be written out in full: two
 * of them that are given the same operations can be compared step by step.
 */
final class RandomMachine implements AutoCloseable {
    private static final int STORAGE_LENGTH = 0x10000;
    private static final long[] MASKS = {
        0, PswMask.EXTERNAL, PswMask.EXTERNAL | PswMask.IO, PswMask.IO | PswMask.WAIT, PswMask.EXTERNAL | PswMask.WAIT
    };
    private static final long[] GATES = {0, 0x200, 0x800, 0x4000, 0x4200, 0x4a00, 0xffff_ffff_ffff_ffffL};
    private static final long[] PREFIXES = {0, 0x2000, 0x4000, 0xe000, 0x10000, 0x2001, 0xffff_e000L};

    private final byte[] bytes = new byte[STORAGE_LENGTH];
    private final GuestMemory storage = GuestMemory.wrap(bytes);
    private final SettableTodClock clock = new SettableTodClock(0);
    private final Machine machine;
    private final int[] wakeUps;

    RandomMachine(int vcpus, int floatingCapacity, int localCapacity) {
        machine = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(vcpus)
                .floatingCapacity(floatingCapacity)
                .localCapacity(localCapacity)
                .clock(clock)
                .checked(false) // it sets registers at random
                .build();
        wakeUps = new int[vcpus];
    }

    Machine machine() {
        return machine;
    }

    byte[] bytes() {
        return bytes;
    }

    void copyStorageFrom(RandomMachine other) {
        System.arraycopy(other.bytes, 0, bytes, 0, bytes.length);
    }

    /** Brings it to rest: no vCPU is in the wait. */
    void comeToRest() {
        for (int i = 0; i < machine.vcpuCount(); i++) {
            Vcpu vcpu = Guest.own(machine.vcpu(i));
            if (vcpu.waiting().isInWait()) {
                vcpu.handle().kick();
                vcpu.endWait();
            }
        }
    }

    void operate(SplittableRandom random, int times) {
        for (int i = 0; i < times; i++) {
            operate(random);
        }
    }

    /** One operation; what it answered. */
    String operate(SplittableRandom random) {
        int id = random.nextInt(machine.vcpuCount());
        Vcpu vcpu = Guest.own(machine.vcpu(id));
        int operation = random.nextInt(34);
        int parameter = random.nextInt();
        long parameter64 = random.nextLong();
        boolean isInWait = vcpu.waiting().isInWait();
        if (isInWait && operation >= 12) {
            return operation < 26 ? id + " endWait " + vcpu.endWait() : id + " in the wait";
        }
        return id + " " + operation + " "
                + switch (operation) {
                    case 0, 1 -> machine.injectVirtio(parameter, parameter64);
                    case 2 -> machine.injectService(parameter);
                    case 3, 4, 5 -> vcpu.handle().injectEmergency();
                    case 6 -> vcpu.handle().injectRestart();
                    case 7 -> vcpu.handle().injectProgram(parameter & 0x1ffff);
                    case 8 ->
                        parameter64 < 0
                                ? vcpu.handle().injectStop()
                                : vcpu.handle().injectSetPrefix((int) pick(PREFIXES, parameter));
                    case 9 -> {
                        vcpu.handle().kick();
                        yield "";
                    }
                    case 10 -> {
                        clock.advance(parameter & 0xfff);
                        yield "";
                    }
                    case 11 -> {
                        vcpu.handle().start();
                        yield vcpu.isOperating();
                    }
                    case 12, 13, 14, 15, 16 -> vcpu.deliverPending();
                    case 17 -> vcpu.isPending();
                    case 18, 19, 20 -> vcpu.beginWait(() -> wakeUps[id]++);
                    case 21 -> vcpu.raiseProgram(parameter & 0xffff);
                    case 22 -> vcpu.takeKick();
                    case 23 -> vcpu.handle().takeStopOnStop();
                    case 24 -> {
                        if ((parameter & 3) == 0) {
                            vcpu.stop();
                        }
                        yield vcpu.isOperating();
                    }
                    case 25 -> {
                        if ((parameter & 7) == 0) {
                            vcpu.reset();
                        }
                        yield "";
                    }
                    case 26 -> vcpu.loadPsw(pick(MASKS, parameter), parameter64);
                    case 27, 28 -> vcpu.loadControl(0, pick(GATES, parameter));
                    case 29 -> setRegister(vcpu, parameter, parameter64);
                    case 30 -> {
                        storage.putLong(parameter & (STORAGE_LENGTH - 8), pick(MASKS, (int) parameter64));
                        yield "";
                    }
                    case 31 -> machine.inject(parameter, 0, 0);
                    case 32 -> vcpu.handle().inject(parameter, 0);
                    default -> {
                        vcpu.registers().prefix(pick(PREFIXES, parameter));
                        yield "";
                    }
                };
    }

    private String setRegister(Vcpu vcpu, int parameter, long value) {
        Registers registers = vcpu.registers();
        switch (parameter & 7) {
            case 0 -> registers.clockComparator(value);
            case 1, 2 -> registers.clockComparator(clock.tod() + (value & 0xfff));
            case 3 -> registers.epoch(value & 0xff);
            case 4 -> registers.ipa((int) value);
            case 5 -> registers.withoutInstruction();
            case 6 -> registers.lastHostCpu((int) value);
            default -> registers.control(1 + (parameter >>> 28) % 15, value);
        }
        return "";
    }

    private static long pick(long[] values, int index) {
        return values[Math.floorMod(index, values.length)];
    }

    /** All that can be seen of it, but for storage. */
    String dump() {
        StringJoiner dump = new StringJoiner("\n");
        dump.add("floating " + machine.queuedFloating() + " " + machine.floatingAccepted() + " "
                + machine.floatingRefused() + " " + machine.floatingQueued() + " " + machine.idleCount() + " clock "
                + clock.tod());
        for (int i = 0; i < machine.vcpuCount(); i++) {
            dump.add(dump(Guest.own(machine.vcpu(i))) + " wakeups " + wakeUps[i]);
        }
        return dump.toString();
    }

    /** What came before does not count: it begins again to count callbacks. */
    void forgetWakeUps() {
        java.util.Arrays.fill(wakeUps, 0);
    }

    private static String dump(Vcpu vcpu) {
        Registers registers = vcpu.registers();
        StringJoiner dump = new StringJoiner(" ", "vCPU " + vcpu.id() + " ", "");
        dump.add(String.format("%016x.%016x", registers.pswMask(), registers.pswAddress()));
        for (int i = 0; i < 16; i++) {
            dump.add(Long.toHexString(registers.control(i)));
        }
        for (long value : List.of(registers.prefix(), registers.clockComparator(), registers.epoch())) {
            dump.add(Long.toHexString(value));
        }
        dump.add(registers.ipa() + "/" + registers.instructionLength() + "/" + registers.lastHostCpu());
        dump.add("flags " + vcpu.flags() + " lctl " + vcpu.loadControlIntercepts());
        dump.add("attention " + vcpu.isAttention() + " kick " + vcpu.handle().isKickPending() + " stop "
                + vcpu.handle().isStopOnStop());
        dump.add("operating " + vcpu.isOperating() + " waiting " + vcpu.handle().isWaiting() + " fault " + vcpu.fault()
                + " stop last " + vcpu.isStopLast());
        dump.add("queued " + vcpu.queuedLocal() + " " + vcpu.handle().queued() + " "
                + vcpu.handle().accepted() + " " + vcpu.handle().discarded());
        for (Counter counter : Counter.values()) {
            dump.add(counter.label() + ":" + vcpu.handle().counter(counter));
        }
        return dump.toString();
    }

    @Override
    public void close() {
        machine.close();
        storage.close();
    }
}
