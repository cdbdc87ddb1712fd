package org.interruptor.tools.model;

import static org.interruptor.tools.model.EdgeScenario.prints;

import java.util.List;
import java.util.Locale;

/** The edges of delivery: order, requests, and lowcores that are there or are not. */
final class DeliveryEdges {

    static final String NO_STATS =
            "deliver_emergency_signal:0,deliver_service_signal:0,deliver_virtio_interrupt:0,deliver_stop_signal:0,"
                    + "deliver_prefix_signal:0,deliver_restart_signal:0,deliver_program_int:0";

    private static final String RESTARTED = "inject vcpu 0 restart\ndeliver 0\n";
    private static final String RESTART_FAULT = "2 inject ok wake=no\n3 deliver 0 fault";

    private DeliveryEdges() {}

    static List<EdgeScenario> gates() {
        String open = "machine vcpus 1 memory 0x4000\nset 0 psw.mask 0x0100000000000000\n";
        return List.of(
                prints("program interruptions: the newest first, from wherever", """
                    machine vcpus 1 memory 0x4000
                    inject vcpu 0 stop
                    inject vcpu 0 program 1
                    inject program 0 2
                    inject vcpu 0 program 3
                    deliver 0
                    """, """
                    2 inject ok wake=no
                    3 inject ok wake=no
                    4 inject ok
                    5 inject ok wake=no
                    6 deliver 0 program,program,program,stop psw=0000000000000000.0000000000000000 prefix=00000000 flags=stop lctl=- 8d:02 8f:01
                    """),
                prints("both requests of one that is passed over twice", """
                    machine vcpus 1 memory 0x4000
                    store 0x1a0 0100000000000000
                    inject vcpu 0 emergency
                    inject vcpu 0 restart
                    deliver 0
                    """, """
                    3 inject ok wake=no
                    4 inject ok wake=no
                    5 deliver 0 restart psw=0100000000000000.0000000000000000 prefix=00000000 flags=ext lctl=cr0 -
                    """),
                prints("the clock comparator once a pass, though it stays due", open + """
                    store 0x1b0 0100000000000000
                    set 0 cr0 0x800
                    set 0 ckc 0
                    clock 1
                    deliver 0
                    pending 0
                    """, """
                    7 deliver 0 clock-comparator psw=0100000000000000.0000000000000000 prefix=00000000 flags=- lctl=- 86:1004 130:01
                    8 pending 0 yes
                    """),
                prints("a service signal has no 64-bit parameter and no CPU address", open + """
                    set 0 cr0 0x200
                    inject vm service 0xffffffff 0xffffffffffffffff
                    deliver 0
                    """, """
                    4 inject ok kick=any wake=no
                    5 deliver 0 service psw=0000000000000000.0000000000000000 prefix=00000000 flags=- lctl=- 80:ffffffff 86:2401 130:01
                    """),
                prints("who leaves one behind tells others, not itself", open + "inject vm virtio\ndeliver 0\n", """
                    3 inject ok kick=any wake=no
                    4 deliver 0 none psw=0100000000000000.0000000000000000 prefix=00000000 flags=- lctl=cr0 -
                    """),
                prints("not itself either where the others wait with their gates closed", """
                    machine vcpus 2 memory 0x4000
                    set 0 psw.mask 0x0100000000000000
                    set 1 psw.mask 0x0200000000000000
                    wait 1
                    inject vm virtio
                    deliver 0
                    """, """
                    4 wait 1 sleep
                    5 inject ok kick=any wake=no
                    6 deliver 0 none psw=0100000000000000.0000000000000000 prefix=00000000 flags=- lctl=cr0 -
                    """));
    }

    static List<EdgeScenario> lowcores() {
        String outside = "psw=0000000000000000.0000000000000000 prefix=%s flags=%s lctl=- -";
        return List.of(
                prints("4 KiB hold no lowcore", "machine vcpus 1 memory 0x1000\n" + RESTARTED, RESTART_FAULT),
                prints(
                        "half a lowcore is none",
                        "machine vcpus 1 memory 0x3000\nset 0 prefix 0x2000\n" + RESTARTED,
                        "3 inject ok wake=no\n4 deliver 0 fault"),
                prints(
                        "a prefix that is no multiple of 8192 has none",
                        "machine vcpus 1 memory 0x4000\nset 0 prefix 0x1000\n" + RESTARTED,
                        "3 inject ok wake=no\n4 deliver 0 fault"),
                prints(
                        "the highest prefix wraps nowhere",
                        "machine vcpus 1 memory 0x4000\nset 0 prefix 0xffffe000\n" + RESTARTED,
                        "3 inject ok wake=no\n4 deliver 0 fault"),
                prints(
                        "behind a fault nothing is executed, and nothing is malformed",
                        "machine vcpus 1 memory 0x1000\n" + RESTARTED + "dump 0\nno step at all\n",
                        RESTART_FAULT),
                prints(
                        "a fault tells nothing of what was delivered before it",
                        "machine vcpus 1 memory 0x1000\ninject vcpu 0 stop\n" + RESTARTED,
                        "2 inject ok wake=no\n3 inject ok wake=no\n4 deliver 0 fault"),
                prints(
                        "stop and set prefix need no lowcore",
                        """
                        machine vcpus 1 memory 0x1000
                        inject vcpu 0 set-prefix 0xffffffff
                        inject vcpu 0 stop
                        deliver 0
                        """,
                        "2 inject ok wake=no\n3 inject ok wake=no\n4 deliver 0 set-prefix,stop "
                                + String.format(Locale.ROOT, outside, "ffffffff", "stop")),
                prints(
                        "only a delivery makes the translations stale, even to the prefix that was",
                        """
                    machine vcpus 1 memory 0x4000
                    set 0 prefix 0x2000
                    dump 0
                    inject vcpu 0 set-prefix 0x2000
                    deliver 0
                    dump 0
                    """,
                        String.format(
                                Locale.ROOT, """
                        3 dump 0 psw=0000000000000000.0000000000000000 cr0=0000000000000000 prefix=00002000 ihcpu=0000 ckc=ffffffffffffffff epoch=0000000000000000 flags=- lctl=- stop-on-stop=no local=- floating=- stats=exit_wait_state:0,%s
                        4 inject ok wake=no
                        5 deliver 0 set-prefix psw=0000000000000000.0000000000000000 prefix=00002000 flags=- lctl=- -
                        6 dump 0 psw=0000000000000000.0000000000000000 cr0=0000000000000000 prefix=00002000 ihcpu=ffff ckc=ffffffffffffffff epoch=0000000000000000 flags=- lctl=- stop-on-stop=no local=- floating=- stats=exit_wait_state:0,%s
                        """, NO_STATS, NO_STATS.replace("prefix_signal:0", "prefix_signal:1"))));
    }
}
