package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a replay prints, where the conformance cases do not say it. */
class ScenarioReplayTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static void prints(String scenario, String expected) {
        assertThat(Replayed.of("a.scn", scenario)).isEqualTo(new Replayed(expected, "", ScenarioReplay.REPLAYED));
    }

    @Test
    void linesEndWithLfOrCrlfOrTheFile() {
        prints("machine vcpus 1 memory 0x1000\r\n\n\r\npending 0\r\npending 0", "4 pending 0 no\n5 pending 0 no\n");
    }

    @Test
    void aCarriageReturnInACommentEndsNoLine() {
        prints("machine vcpus 1 memory 0x1000 # a\rdeliver 0\npending 0\n", "2 pending 0 no\n");
    }

    @Test
    void aCommentNeedsNoBlankInFront() {
        prints("machine vcpus 1 memory 0x1000#\npending 0#1\n", "2 pending 0 no\n");
    }

    @Test
    void theLargestNumbersAreTaken() {
        prints("""
                machine vcpus 64 memory 0x4000
                clock 18446744073709551615
                set 63 ckc 0xFFFFffffFFFFffff
                set 63 prefix 4294967295
                set 63 ipa 0x0000000000000000000ffff
                inject vm virtio 0xffffffff 0xffffffffffffffff
                inject program 63 65535
                inject vcpu 63 set-prefix 4294967295
                pending 63
                """, """
                6 inject ok kick=any wake=no
                7 inject ok
                8 inject ok wake=no
                9 pending 63 yes
                """);
    }

    @Test
    void aTypeOfMoreThan32BitsIsInvalidAndNotCutOff() {
        prints("""
                machine vcpus 1 memory 0x4000
                inject vm 0x1ffff2603
                inject vm 0xffffffffffff2603
                inject vcpu 0 0x1fffe0000
                inject vm 0xffff2603
                inject vcpu 0 0xfffe0000
                """, """
                2 inject invalid
                3 inject invalid
                4 inject invalid
                5 inject ok kick=any wake=no
                6 inject ok wake=no
                """);
    }

    @Test
    void aFaultEndsTheReplayWithoutAnError() {
        prints(
                "machine vcpus 1 memory 0x1000\ninject vcpu 0 restart\ndeliver 0\npending 0\nno step at all\n",
                "2 inject ok wake=no\n3 deliver 0 fault\n");
    }

    @ParameterizedTest
    @CsvSource({"inject vcpu 0 stop, 1024", "inject vcpu 0 set-prefix 1, 1024", "inject program 0 1, 1025"})
    void aFullLocalQueueIsAnAnswer(String injection, int places) {
        String out = Replayed.of("a.scn", "machine vcpus 1 memory 0x4000\n" + (injection + "\n").repeat(places + 1))
                .out();

        assertThat(out)
                .startsWith("2 inject ok")
                .endsWith("\n" + (places + 2) + " inject full\n")
                .containsOnlyOnce("full");
    }

    @Test
    void aFullFloatingQueueIsAnAnswer() {
        String out = Replayed.of("a.scn", "machine vcpus 0 memory 0x4000\n" + "inject vm virtio\n".repeat(4097))
                .out();

        assertThat(out).endsWith("\n4098 inject full\n").containsOnlyOnce("full");
    }

    @Test
    void aDeliveryGoesOnUntilAllIsDelivered() {
        int emergencies = 6000;
        String out = Replayed.of(
                        "a.scn", """
                        machine vcpus 1 memory 0x4000
                        store 0x1b0 01
                        set 0 psw.mask 0x0100000000000000
                        set 0 cr0 0x4000
                        inject vcpu 0 stop
                        """ + "inject vcpu 0 emergency\n".repeat(emergencies) + "deliver 0\npending 0\n")
                .out();

        assertThat(out)
                .endsWith("\n6006 deliver 0 stop" + ",emergency".repeat(emergencies)
                        + " psw=0100000000000000.0000000000000000 prefix=00000000 flags=stop lctl=- 86:1201 130:01\n"
                        + "6007 pending 0 no\n");
    }

    @Test
    void changesOfAllAreasThatAStepMovesThroughAreListedInAscendingOrder() {
        prints("""
                machine vcpus 1 memory 0x10000
                store 0x21a0 00000000000000000000000000002222
                set 0 prefix 0x4000
                set 0 psw.addr 0x1111
                inject vcpu 0 restart
                inject vcpu 0 set-prefix 0x2000
                inject vcpu 0 restart
                inject vcpu 0 set-prefix 0x8000
                inject vcpu 0 set-prefix 0x4000
                inject vcpu 0 set-prefix 0xe000
                inject vcpu 0 restart
                deliver 0
                """, """
                5 inject ok wake=no
                6 inject ok wake=no
                7 inject ok wake=no
                8 inject ok wake=no
                9 inject ok wake=no
                10 inject ok wake=no
                11 inject ok wake=no
                12 deliver 0 restart,set-prefix,restart,set-prefix,set-prefix,set-prefix,restart psw=0000000000000000.0000000000000000 prefix=0000e000 flags=- lctl=- 412e:1111 e12e:2222
                """);
    }

    @Test
    void whatASecondDeliveryInAStepPutsBackIsNoChange() {
        prints("""
                machine vcpus 1 memory 0x4000
                set 0 psw.mask 0x1
                store 0x120 0000000000000000
                inject vcpu 0 restart
                inject vcpu 0 restart
                deliver 0
                """, """
                4 inject ok wake=no
                5 inject ok wake=no
                6 deliver 0 restart,restart psw=0000000000000000.0000000000000000 prefix=00000000 flags=- lctl=- -
                """);
    }

    @Test
    void aDeliveryInLargeStorageCopiesNoMoreThanTheLowcore() {
        String large = "machine vcpus 1 memory 0x8000000\nset 0 prefix 0x7ffe000\nset 0 psw.addr 1\n"
                + "inject vcpu 0 restart\ndeliver 0\n".repeat(1000);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        String out = Replayed.of("a.scn", large).out();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(out)
                .startsWith("4 inject ok wake=no\n5 deliver 0 restart psw=0000000000000000.0000000000000000"
                        + " prefix=07ffe000 flags=- lctl=- 7ffe12f:01\n");
        assertThat(allocated).isLessThan(1000L * 0x100000); // a copy of storage for each would be 128 times that
    }

    @Test
    void aKickHandsOnAndTheOneThatIsHandedItHasLeftTheWaitToo() {
        prints("""
                machine vcpus 3 memory 0x4000
                set 0 psw.mask 0x0102000000000000
                set 0 cr0 0x200
                set 1 psw.mask 0x0102000000000000
                set 1 cr0 0x200
                set 2 psw.mask 0x0300000000000000
                wait 0
                wait 1
                inject vm virtio
                wait 2
                kick 2
                kick 1
                pending 1
                """, """
                7 wait 0 sleep
                8 wait 1 sleep
                9 inject ok kick=0 wake=yes
                10 wait 2 sleep
                11 kick 2 yes
                12 kick 1 no
                13 pending 1 yes
                """);
    }

    @Test
    void whatCannotBeReadToItsEndIsTold() {
        Reader failing = new Reader() {
            private final Reader begin = new StringReader("machine vcpus 1 memory 0x1000\npending 0\npend");

            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                int read = begin.read(buffer, offset, length);
                if (read < 0) {
                    throw new IOException("Input/output error");
                }
                return read;
            }

            @Override
            public void close() {}
        };
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int status = ScenarioReplay.replay("a.scn", failing, new PrintWriter(out), new PrintWriter(err));

        assertThat(new Replayed(out.toString(), err.toString(), status))
                .isEqualTo(new Replayed(
                        "2 pending 0 no\n", "a.scn:3: cannot be read: Input/output error\n", ScenarioReplay.MALFORMED));
    }
}
