package org.interruptor.tools.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of malformed steps that {@code scenario.md} lists, each with all its instances that somebody might let pass. */
enum MalformedKind {
    UNKNOWN_STEP(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return Stream.of(
                            "start %d",
                            "Deliver %d",
                            "delive %d",
                            "delivers %d",
                            "== %d",
                            "deliver\u000b%d",
                            "dump\f%d",
                            "kick\u00a0%d",
                            "pending\u2003%d",
                            "\ufeffdump %d",
                            "dump,%d",
                            "stats",
                            "%d",
                            "// a comment")
                    .map(form -> String.format(Locale.ROOT, form, vcpu))
                    .toList();
        }
    },
    UNKNOWN_TARGET(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return List.of(
                    "inject machine virtio",
                    "inject VM virtio",
                    "inject cpu " + vcpu + " stop",
                    "inject emergency " + vcpu,
                    "inject " + vcpu + " stop");
        }
    },
    UNKNOWN_REGISTER(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return Stream.of(
                            "psw",
                            "psw.address",
                            "mask",
                            "PSW.mask",
                            "CR0",
                            "gr0",
                            "ihcpu",
                            "flags",
                            "lctl",
                            "cr",
                            "crx",
                            "0",
                            "ckc.")
                    .map(register -> "set " + vcpu + " " + register + " 0")
                    .toList();
        }
    },
    NO_SUCH_CR(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return Stream.of("16", "07", "00", "010", "0x1", "-1", "+1", "99", "4294967296", "\u0661", "1.0")
                    .map(number -> "set " + vcpu + " cr" + number + " 0")
                    .toList();
        }
    },
    UNKNOWN_TYPE(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return Stream.of("clock-comparator", "set_prefix", "SERVICE", "setprefix", "external", "none", "io", "-")
                    .flatMap(type -> Stream.of("inject vm " + type, "inject vcpu " + vcpu + " " + type))
                    .toList();
        }
    },
    TOKEN_MISSING(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return List.of(
                    "clock",
                    "set",
                    "set " + vcpu,
                    "set " + vcpu + " cr0",
                    "store",
                    "store 0x100",
                    "store 0x100 # 00",
                    "inject",
                    "inject vm",
                    "inject vcpu",
                    "inject vcpu " + vcpu,
                    "inject vcpu emergency",
                    "inject program",
                    "inject program " + vcpu,
                    "deliver",
                    "pending",
                    "wait",
                    "kick",
                    "dump");
        }
    },
    TOKEN_LEFT_OVER(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return List.of(
                    "clock 1 2",
                    "set " + vcpu + " cr0 0 0",
                    "store 0x100 00 00",
                    "inject vm virtio 1 2 3",
                    "inject vm 0 1 2 3",
                    "inject vcpu " + vcpu + " emergency 0 0",
                    "inject vcpu " + vcpu + " virtio 1 2",
                    "inject program " + vcpu + " 1 2",
                    "deliver " + vcpu + " " + vcpu,
                    "pending " + vcpu + " yes",
                    "wait " + vcpu + " 1000",
                    "kick " + vcpu + " ;",
                    "dump " + vcpu + " all");
        }
    },
    NO_NUMBER(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            List<String> none = List.of(
                    "0x",
                    "x",
                    "-1",
                    "+1",
                    "-0",
                    "0X10",
                    "12a",
                    "0xg",
                    "1_000",
                    "1.0",
                    "1e3",
                    "0x-1",
                    "0x+1",
                    "ff",
                    "\u0661",
                    "\uff11",
                    "0x\u0661",
                    "0b1",
                    "1L",
                    "1,",
                    "\"1\"",
                    "00x1",
                    "1\r1");
            return none.stream()
                    .flatMap(number -> Stream.of(
                            "clock " + number,
                            "set " + vcpu + " ckc " + number,
                            "set " + vcpu + " prefix " + number,
                            "set " + number + " cr0 1",
                            "store " + number + " 00",
                            "inject vm " + number + "x",
                            "inject vm virtio " + number,
                            "inject vm virtio 1 " + number,
                            "inject vcpu " + vcpu + " program " + number,
                            "inject vcpu " + number + " stop",
                            "inject program " + vcpu + " " + number,
                            "deliver " + number,
                            "kick " + number))
                    .toList();
        }
    },
    NUMBER_ABOVE_64_BITS(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            List<String> large = List.of(
                    "18446744073709551616", "0x10000000000000000", "99999999999999999999999999", "0xffffffffffffffff0");
            return large.stream()
                    .flatMap(number -> Stream.of(
                            "clock " + number,
                            "set " + vcpu + " psw.mask " + number,
                            "set " + vcpu + " cr15 " + number,
                            "inject vm service 0 " + number,
                            "inject vm " + number,
                            "inject vcpu " + vcpu + " " + number,
                            "store " + number + " 00",
                            "dump " + number))
                    .toList();
        }
    },
    NUMBER_ABOVE_ITS_WIDTH(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            Stream<String> above32 = Stream.of("0x100000000", "4294967296", "0xffffffffffffffff", "0x8000000000000000")
                    .flatMap(number -> Stream.of(
                            "inject vm virtio " + number,
                            "inject vm service " + number + " 1",
                            "inject vm 0 " + number,
                            "inject vcpu " + vcpu + " set-prefix " + number,
                            "inject vcpu " + vcpu + " program " + number,
                            "inject vcpu " + vcpu + " stop " + number,
                            "inject vcpu " + vcpu + " virtio " + number,
                            "set " + vcpu + " prefix " + number));
            Stream<String> above16 = Stream.of("0x10000", "65536", "0xffffffff", "0xffffffffffffffff")
                    .flatMap(number ->
                            Stream.of("set " + vcpu + " ipa " + number, "inject program " + vcpu + " " + number));
            return Stream.concat(above32, above16).toList();
        }
    },
    NO_SUCH_VCPU(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            String next = String.valueOf(machine.vcpus.size());
            return Stream.of(
                            next,
                            "64",
                            "0x100",
                            "4294967296",
                            "0x100000000",
                            "0xffffffffffffffff",
                            "0x8000000000000000")
                    .flatMap(none -> Stream.of(
                            "set " + none + " cr0 0",
                            "inject vcpu " + none + " stop",
                            "inject vcpu " + none + " virtio",
                            "inject program " + none + " 1",
                            "deliver " + none,
                            "pending " + none,
                            "wait " + none,
                            "kick " + none,
                            "dump " + none))
                    .toList();
        }
    },
    STORE_OUTSIDE(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            long end = machine.storage.size();
            return List.of(
                    String.format(Locale.ROOT, "store 0x%x 00", end),
                    String.format(Locale.ROOT, "store 0x%x 0000", end - 1),
                    String.format(Locale.ROOT, "store 0x%x 000102030405060708090a0b0c0d0e0f", end - 15),
                    "store 0x100000000 00",
                    "store 0x8000000000000000 00",
                    "store 0xffffffffffffffff 00",
                    "store 0xffffffffffffffff 0000",
                    "store 0xfffffffffffffff0 000102030405060708090a0b0c0d0e0f1011");
        }
    },
    STORE_OF_NO_BYTES(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return Stream.of("0", "000", "0x00", "0x", "0X00", "0g", "-1", "+1", "00,00", "\u0661\u0661", "virtio")
                    .map(none -> "store 0x100 " + none)
                    .toList();
        }
    },
    MACHINE_TWICE(Place.ANYWHERE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            String memory = " memory " + machine.storage.size();
            return List.of(
                    "machine vcpus " + machine.vcpus.size() + memory,
                    "machine vcpus 1" + memory,
                    "machine vcpus 64 memory 0x1000");
        }
    },
    STEP_IN_THE_WAIT(Place.IN_THE_WAIT) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return List.of(
                    "set " + vcpu + " psw.mask 0x0300000000000000",
                    "set " + vcpu + " cr0 0",
                    "set " + vcpu + " cr15 1",
                    "set " + vcpu + " ckc 0",
                    "inject program " + vcpu + " 1",
                    "deliver " + vcpu,
                    "pending " + vcpu,
                    "wait " + vcpu);
        }
    },
    MACHINE_NOT_FIRST(Place.BEFORE_THE_MACHINE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return List.of(
                    "clock 0",
                    "set 0 cr0 0",
                    "store 0 00",
                    "inject vm virtio",
                    "inject vcpu 0 stop",
                    "inject program 0 1",
                    "deliver 0",
                    "pending 0",
                    "wait 0",
                    "kick 0",
                    "dump 0");
        }
    },
    MACHINE_THAT_CANNOT_BE(Place.BEFORE_THE_MACHINE) {
        @Override
        List<String> instances(int vcpu, ModelMachine machine) {
            return List.of(
                    "machine vcpus 1 memory 0",
                    "machine vcpus 1 memory 0x0",
                    "machine vcpus 1 memory 0xfffffffffffff000",
                    "machine vcpus 1 memory 0x8000000000000000",
                    "machine vcpus 1 memory 0x7ffffffffffff000",
                    "machine vcpus 1 memory 0x10000000000000000",
                    "machine vcpus 1 memory 1",
                    "machine vcpus 1 memory 0x800",
                    "machine vcpus 1 memory 0x1001",
                    "machine vcpus 1 memory 0x4800",
                    "machine vcpus 65 memory 0x4000",
                    "machine vcpus 0x100000001 memory 0x4000",
                    "machine vcpus 0xffffffffffffffff memory 0x4000",
                    "machine vcpus -1 memory 0x4000",
                    "machine vcpus memory 0x4000",
                    "machine vcpus 1 memory",
                    "machine vcpus 1",
                    "machine",
                    "machine 1 0x4000",
                    "machine memory 0x4000 vcpus 1",
                    "machine vcpu 1 memory 0x4000",
                    "machine vcpus 1 storage 0x4000",
                    "machine vcpus 1 memory 4K",
                    "machine vcpus 1 memory 0x4000 0");
        }
    };

    /** Where a step of this kind can stand. */
    enum Place {
        /** Behind the step {@code machine}, whatever the state. */
        ANYWHERE,
        /** Where a vCPU is in the wait. */
        IN_THE_WAIT,
        /** As the first step. */
        BEFORE_THE_MACHINE
    }

    final Place place;

    MalformedKind(Place place) {
        this.place = place;
    }

    /**
     * All malformed steps of this kind.
     *
     * @param vcpu a vCPU that exists, and is in the wait or not as {@link #place} has it
     * @param machine the machine as it stands; null before there is one
     */
    abstract List<String> instances(int vcpu, ModelMachine machine);
}
