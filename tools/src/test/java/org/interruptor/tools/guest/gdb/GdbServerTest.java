package org.interruptor.tools.guest.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.interruptor.tools.guest.GuestEnd;
import org.interruptor.tools.guest.GuestMachine;
import org.interruptor.tools.guest.GuestMachineSetup;
import org.interruptor.tools.guest.loader.GuestImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small client at a guest that runs. */
@Timeout(180)
class GdbServerTest {
    private static final int PSW_ADDRESS = 1;
    private static final int R1 = 3;
    private static final int R2 = 4;
    private static final int CODE = 0x200;
    private static final int LOOP = 0x300;
    private static final int DONE = 0x400;

    /** At CODE: two loads and the end. At LOOP: a loop that counts in r1. */
    private static ByteBuffer image(int start) {
        ByteBuffer image = ByteBuffer.allocate(0x4000);
        image.putLong(0, 0x0008_0001_8000_0000L + start);
        image.putInt(CODE, 0xa719_0001); // LGHI 1,1
        image.putInt(CODE + 4, 0xa729_0002); // LGHI 2,2
        image.putInt(CODE + 8, 0xb2b2_0000 + DONE); // LPSWE
        image.putInt(LOOP, 0xa71b_0001); // AGHI 1,1
        image.putInt(LOOP + 4, 0xa7f4_fffe); // J LOOP
        image.putLong(DONE, 0x0002_0001_8000_0000L).putLong(DONE + 8, 0xfff);
        return image;
    }

    private GdbServer server;
    private GuestMachine machine;
    private CompletableFuture<GuestEnd> end;

    @BeforeEach
    void listen() throws Exception {
        server = new GdbServer(GdbAddress.parse("0"), 2);
    }

    private GdbClient attach(int start, boolean isWaiting) throws Exception {
        machine = new GuestMachine(new GuestMachineSetup().cpus(2).debugger(server.debugger()));
        server.start(machine, isWaiting);
        GuestImage guest = GuestImage.parse(image(start).array());
        end = CompletableFuture.supplyAsync(() -> {
            try {
                GuestEnd how = machine.run(guest, Duration.ofSeconds(120));
                server.end(how.reason().exitStatus());
                return how;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        return new GdbClient(server.port());
    }

    @AfterEach
    void close() throws Exception {
        if (machine != null) {
            machine.endByOperator();
            end.get(60, TimeUnit.SECONDS);
            machine.close();
        }
        server.close();
    }

    @Test
    void theGuestIsStoppedSteppedAndLetGo() throws Exception {
        try (GdbClient gdb = attach(CODE, true)) {
            assertThat(gdb.ask("qSupported:swbreak+"))
                    .contains("qXfer:features:read+")
                    .contains("swbreak+");
            assertThat(gdb.ask("?")).isEqualTo("T05thread:1;");
            assertThat(gdb.ask("vCont?")).isEqualTo("vCont;c;C;s;S");
            assertThat(gdb.ask("Z0,204,2")).isEqualTo("OK");
            gdb.send("vCont;c");
            assertThat(gdb.receive()).isEqualTo("T05thread:1;swbreak:;");
            assertThat(gdb.register(PSW_ADDRESS)).isEqualTo(CODE + 4);
            assertThat(gdb.register(R1)).isEqualTo(1);

            gdb.send("vCont;s:1");
            assertThat(gdb.receive()).isEqualTo("T05thread:1;");
            assertThat(gdb.register(PSW_ADDRESS)).isEqualTo(CODE + 8);
            assertThat(gdb.register(R2)).isEqualTo(2);

            assertThat(gdb.ask("P1=" + Hex.of(CODE, Long.BYTES))).isEqualTo("OK");
            gdb.send("c");
            assertThat(gdb.receive()).isEqualTo("T05thread:1;swbreak:;");
            assertThat(gdb.ask("z0,204,2")).isEqualTo("OK");
            gdb.send("c");
            assertThat(gdb.receive()).isEqualTo("W00");
        }
        assertThat(end.get(60, TimeUnit.SECONDS).reason()).isEqualTo(GuestEnd.Reason.DONE);
    }

    @Test
    void aGuestThatRunsIsInterruptedAndDetached() throws Exception {
        try (GdbClient gdb = attach(LOOP, false)) {
            assertThat(gdb.ask("?")).isEqualTo("T05thread:1;");
            gdb.send("c");
            gdb.raw("\u0003");
            assertThat(gdb.receive()).isEqualTo("T02thread:1;");
            long count = gdb.register(R1);
            gdb.send("vCont;s:1;c");
            assertThat(gdb.receive()).isEqualTo("T05thread:1;");
            gdb.send("vCont;s:1;c");
            assertThat(gdb.receive()).isEqualTo("T05thread:1;");
            assertThat(gdb.register(R1)).isEqualTo(count + 1);

            assertThat(gdb.ask("D")).isEqualTo("OK");
        }
        try (GdbClient gdb = new GdbClient(server.port())) { // the next one, and the loop went on
            assertThat(gdb.ask("?")).isEqualTo("T05thread:1;");
            gdb.send("k");
        }
        assertThat(end.get(60, TimeUnit.SECONDS).message()).contains("operator");
    }

    @Test
    void aGuestThatIsHeldEndsAllTheSame() throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            assertThat(gdb.ask("?")).startsWith("T05");
            machine.endByOperator();
            assertThat(gdb.receive()).isEqualTo("W00");
        }
    }

    @Test
    void aClientThatIsGoneLeavesNoBreakpointBehind() throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            assertThat(gdb.ask("Z0,304,2")).isEqualTo("OK");
            gdb.send("c");
            assertThat(gdb.receive()).startsWith("T05");
        }
        try (GdbClient gdb = new GdbClient(server.port())) {
            assertThat(gdb.ask("?")).startsWith("T05");
            gdb.send("c");
            gdb.raw("\u0003");
            assertThat(gdb.receive()).startsWith("T02");
        }
    }

    @Test
    void storageIsReadAndWritten() throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            assertThat(gdb.ask("m300,4")).isEqualTo("a71b0001");
            assertThat(gdb.ask("M300,2:a719")).isEqualTo("OK");
            assertThat(gdb.ask("X302,2:\u0000}\u0003")).isEqualTo("OK"); // 00 23
            assertThat(gdb.ask("m300,4")).isEqualTo("a7190023");
            assertThat(gdb.ask("m3fffffe,8")).isEqualTo("0000"); // up to the end of storage
            assertThat(gdb.ask("m4000000,8")).isEqualTo("E0e");
            assertThat(gdb.ask("M3fffffe,4:00000000")).isEqualTo("E0e");
        }
    }

    @Test
    void registersAreNamedAndSet() throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            String first = gdb.ask("qXfer:features:read:target.xml:0,40");
            assertThat(first).hasSize(0x41).startsWith("m<?xml");
            String xml = gdb.ask("qXfer:features:read:target.xml:0,3fff");
            assertThat(xml).startsWith("l").contains("s390:64-bit", "name=\"acr15\"", "name=\"cr14\"");
            String all = gdb.ask("g");
            assertThat(all).hasSize(2 * (18 * 8 + 16 * 4 + 4 + 16 * 8 + 16 * 8));
            String changed = "11".repeat(all.length() / 2);
            assertThat(gdb.ask("G" + changed)).isEqualTo("OK");
            assertThat(gdb.ask("g")).isEqualTo(changed);
            assertThat(gdb.ask("Hg2")).isEqualTo("OK");
            assertThat(gdb.ask("g")).isNotEqualTo(changed);
            assertThat(gdb.ask("Hg1")).isEqualTo("OK");
            assertThat(gdb.ask("G" + all)).isEqualTo("OK");
        }
    }

    @Test
    void eachCpuIsAThread() throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            assertThat(gdb.ask("qfThreadInfo")).isEqualTo("m1,2");
            assertThat(gdb.ask("qsThreadInfo")).isEqualTo("l");
            assertThat(gdb.ask("qC")).isEqualTo("QC1");
            assertThat(gdb.ask("T2")).isEqualTo("OK");
            assertThat(new String(Hex.bytes(gdb.ask("qThreadExtraInfo,2")), "UTF-8"))
                    .isEqualTo("CPU 1, stopped");
            assertThat(new String(Hex.bytes(gdb.ask("qRcmd," + Hex.of("explain"))), "UTF-8"))
                    .contains("vCPU 1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p",
                "pzz",
                "p43",
                "P",
                "P1",
                "P1=12",
                "Pffff=00",
                "m",
                "m0",
                "m0,zz",
                "M0,2:0",
                "M0,4:0000",
                "X0,9:a",
                "G1",
                "Gzz",
                "Z0",
                "Z0,",
                "z0,zz,2",
                "vCont;x",
                "vCont;c:9",
                "Hg9",
                "T0",
                "T9",
                "qThreadExtraInfo,77",
                "qRcmd,0",
                "qXfer:features:read:target.xml:zz",
                "m0,ffffffffffffffffff",
                "szz"
            })
    void whatIsWrongIsAnsweredByAnError(String packet) throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            assertThat(gdb.ask(packet)).isEqualTo("E01");
            assertThat(gdb.ask("?")).startsWith("T05");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Z2,0,8", "vMustReplyEmpty", "Qnothing", "qnothing", "y"})
    void whatIsNotThereIsAnsweredByNothing(String packet) throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            assertThat(gdb.ask(packet)).isEmpty();
        }
    }

    @Test
    void aPacketThatIsTooLongEndsTheSession() throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            assertThat(gdb.ask("?")).startsWith("T05");
            org.assertj.core.api.Assertions.assertThatExceptionOfType(java.io.IOException.class)
                    .isThrownBy(() -> {
                        gdb.send("m".repeat(PacketChannel.MAX_PAYLOAD + 1));
                        gdb.receive();
                    });
        }
        try (GdbClient gdb = new GdbClient(server.port())) {
            assertThat(gdb.ask("?")).startsWith("T05");
        }
    }

    @Test
    void aDamagedPacketIsAskedForAgain() throws Exception {
        try (GdbClient gdb = attach(LOOP, true)) {
            gdb.raw("$?#00");
            assertThat(gdb.next()).isEqualTo('-');
            assertThat(gdb.ask("?")).startsWith("T05");
            gdb.raw("-");
            assertThat(gdb.receive()).startsWith("T05");
            assertThat(gdb.ask("QStartNoAckMode")).isEqualTo("OK");
            gdb.raw("$?#00");
            assertThat(gdb.receive()).startsWith("T05");
        }
    }

    @Test
    void twoListenersAtOnePortAreRefused() {
        org.assertj.core.api.Assertions.assertThatIOException()
                .isThrownBy(() -> new GdbServer(
                        new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), server.port()), 1));
    }
}
