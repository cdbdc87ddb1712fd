package org.interruptor.tools.model;

import static org.interruptor.tools.model.EdgeScenario.malformed;
import static org.interruptor.tools.model.EdgeScenario.prints;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The edges of the wait: its time, who is in it, and who is told of what another left behind. */
final class WaitEdges {

    /** Three vCPUs that wait with all gates open. */
    private static final String THREE_WAIT = """
        machine vcpus 4 memory 0x4000
        set 0 psw.mask 0x0102000000000000
        set 0 cr0 0x200
        set 1 psw.mask 0x0102000000000000
        set 1 cr0 0x200
        set 2 psw.mask 0x0102000000000000
        set 2 cr0 0x200
        wait 0
        wait 1
        wait 2
        inject vm virtio
        """;

    private static final String THREE_WAIT_PRINTED = """
        8 wait 0 sleep
        9 wait 1 sleep
        10 wait 2 sleep
        11 inject ok kick=0 wake=yes
        """;

    private WaitEdges() {}

    static List<EdgeScenario> waits() {
        String armed = """
            machine vcpus 1 memory 0x4000
            set 0 psw.mask 0x0102000000000000
            set 0 cr0 0x800
            """;
        return List.of(
                prints("the longest sleep", armed + "wait 0\n", "4 wait 0 sleep 4503599627370495999"),
                prints("at its very value it is not due", armed + "clock 5\nset 0 ckc 5\nwait 0\n", "6 wait 0 sleep 0"),
                prints("a unit later it is", armed + "clock 6\nset 0 ckc 5\nwait 0\n", "6 wait 0 ready"),
                prints(
                        "behind the wrap of clock and epoch",
                        armed
                                + "clock 0xffffffffffffffff\n"
                                + "set 0 epoch 0x1001\n"
                                + "set 0 ckc 0x2000\n"
                                + "wait 0\n",
                        "7 wait 0 sleep 1000"),
                prints(
                        "the clock wakes nobody, and makes nothing wake",
                        armed
                                + "set 0 ckc 5\n"
                                + "wait 0\n"
                                + "clock 6\n"
                                + "inject vcpu 0 emergency\n"
                                + "kick 0\n"
                                + "pending 0\n",
                        """
                        5 wait 0 sleep 1
                        7 inject ok wake=no
                        8 kick 0 yes
                        9 pending 0 yes
                        """),
                prints("due, but masked: disabled", """
                    machine vcpus 1 memory 0x4000
                    clock 1
                    set 0 ckc 0
                    set 0 cr0 0x800
                    wait 0
                    """, "5 wait 0 disabled"),
                prints(
                        "a kick from before is not kept",
                        armed + "kick 0\nset 0 ckc 0\nwait 0\n",
                        "4 kick 0 no\n6 wait 0 sleep 0"),
                prints(
                        "the stop flag lasts through the wait",
                        armed + "inject vcpu 0 stop\ndeliver 0\nwait 0\ndump 0\n",
                        String.format(
                                Locale.ROOT, """
                        4 inject ok wake=no
                        5 deliver 0 stop psw=0102000000000000.0000000000000000 prefix=00000000 flags=stop lctl=- -
                        6 wait 0 sleep 4503599627370495999
                        7 dump 0 psw=0102000000000000.0000000000000000 cr0=0000000000000800 prefix=00000000 ihcpu=0000 ckc=ffffffffffffffff epoch=0000000000000000 flags=wait,stop lctl=- stop-on-stop=yes local=- floating=- stats=exit_wait_state:1,%s
                        """, DeliveryEdges.NO_STATS.replace("stop_signal:0", "stop_signal:1"))));
    }

    static List<EdgeScenario> stepsInTheWait() {
        return Stream.of("set 0 cr1 0", "inject program 0 1", "deliver 0", "pending 0", "wait 0")
                .map(step -> malformed(
                        "in the wait: " + step,
                        "machine vcpus 1 memory 0x4000\nset 0 psw.mask 0x0200000000000000\nwait 0\n" + step + "\n",
                        4,
                        "3 wait 0 sleep"))
                .toList();
    }

    static List<EdgeScenario> handingOn() {
        return List.of(
                prints(
                        "a delivery hands on to one, the lowest",
                        THREE_WAIT + "set 0 cr0 0\ndeliver 0\nkick 1\nkick 2\n",
                        THREE_WAIT_PRINTED + """
                            13 deliver 0 none psw=0102000000000000.0000000000000000 prefix=00000000 flags=- lctl=cr0 -
                            14 kick 1 no
                            15 kick 2 yes
                            """),
                prints(
                        "a delivery of one that was not told hands on as well",
                        THREE_WAIT + "deliver 3\nkick 1\nkick 2\n",
                        THREE_WAIT_PRINTED + """
                            12 deliver 3 none psw=0000000000000000.0000000000000000 prefix=00000000 flags=ext lctl=- -
                            13 kick 1 no
                            14 kick 2 yes
                            """),
                prints(
                        "a delivery that leaves nothing hands on nothing",
                        THREE_WAIT + "deliver 0\nkick 1\nkick 2\n",
                        THREE_WAIT_PRINTED + """
                            12 deliver 0 virtio psw=0000000000000000.0000000000000000 prefix=00000000 flags=- lctl=- 84:0d 86:2603 130:0102
                            13 kick 1 yes
                            14 kick 2 yes
                            """),
                prints(
                        "a wait hands on to one, the lowest",
                        THREE_WAIT + "set 0 cr0 0\nwait 0\nkick 2\nkick 1\n",
                        THREE_WAIT_PRINTED + """
                            13 wait 0 sleep
                            14 kick 2 yes
                            15 kick 1 no
                            """),
                prints(
                        "a disabled wait hands on to one, the lowest",
                        THREE_WAIT + "wait 3\nkick 2\nkick 1\n",
                        THREE_WAIT_PRINTED + """
                            12 wait 3 disabled
                            13 kick 2 yes
                            14 kick 1 no
                            """),
                prints(
                        "a kick hands on to one, the lowest",
                        THREE_WAIT + "kick 2\nkick 1\n",
                        THREE_WAIT_PRINTED + "12 kick 2 yes\n13 kick 1 no\n"),
                prints(
                        "a kick of one that does not wait hands on nothing",
                        THREE_WAIT + "kick 0\nkick 3\nkick 1\n",
                        THREE_WAIT_PRINTED + "12 kick 0 no\n13 kick 3 no\n14 kick 1 yes\n"),
                prints(
                        "a wait that is ready at once hands on nothing: the delivery will",
                        THREE_WAIT + "set 0 cr0 0\ninject vcpu 0 stop\nwait 0\nkick 2\n",
                        THREE_WAIT_PRINTED + "13 inject ok wake=no\n14 wait 0 ready\n15 kick 2 yes\n"),
                prints(
                        "asking hands on nothing",
                        THREE_WAIT + "set 0 cr0 0\npending 0\nkick 1\n",
                        THREE_WAIT_PRINTED + "13 pending 0 no\n14 kick 1 yes\n"),
                prints(
                        "one that was handed one may do again what one in the wait may not",
                        THREE_WAIT + "deliver 3\nset 1 cr1 0\npending 1\n",
                        THREE_WAIT_PRINTED + """
                            12 deliver 3 none psw=0000000000000000.0000000000000000 prefix=00000000 flags=ext lctl=- -
                            14 pending 1 yes
                            """));
    }
}
