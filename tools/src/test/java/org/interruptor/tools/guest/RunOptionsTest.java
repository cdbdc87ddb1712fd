package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.interruptor.tools.CommandRun;
import org.interruptor.tools.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of {@code interruptor run}: what they write, and the sentence where they cannot. */
@Timeout(120)
class RunOptionsTest {
    private static final long SHORT_PSW = 0x0008_0001_8000_0000L;
    private static final int CODE = 0x200;

    @TempDir
    private Path folder;

    /** A flat image that runs what is at {@link #CODE}, with a PSW for the end at 0x310. */
    private ByteBuffer image() {
        ByteBuffer image = ByteBuffer.allocate(0x4000);
        image.putLong(0, SHORT_PSW + CODE);
        image.putLong(0x310, 0x0002_0001_8000_0000L).putLong(0x318, 0xfff);
        return image;
    }

    private String guest(ByteBuffer image) throws Exception {
        return Files.write(folder.resolve("guest.img"), image.array()).toString();
    }

    private static void lpswe(ByteBuffer image, int at, int psw) {
        image.putInt(at, 0xb2b2_0000 | psw);
    }

    @Test
    void storageRegistersAndCountersAreWritten() throws Exception {
        ByteBuffer image = image();
        lpswe(image, CODE, 0x310);
        Path dump = folder.resolve("dump");
        Path state = folder.resolve("state.json");
        Path counters = folder.resolve("counters");
        CommandRun run = CommandRun.of(
                "run",
                guest(image),
                "--cpus=2",
                "--memory=64K",
                "--dump=" + dump,
                "--state=" + state,
                "--counters=" + counters);
        assertThat(run).isEqualTo(new CommandRun("", "", 0));
        assertThat(Files.size(dump)).isEqualTo(1 << 16);
        assertThat(ByteBuffer.wrap(Files.readAllBytes(dump)).getLong(0x318)).isEqualTo(0xfff);
        assertThat(Files.readString(state))
                .contains("\"psw\" : [ \"0002000180000000\", \"0000000000000fff\" ]")
                .contains("\"state\" : \"disabled wait\"")
                .contains("\"state\" : \"stopped\"");
        assertThat(CommandRun.of("top", "--once", counters.toString()).out()).contains("2 vCPUs");
    }

    @Test
    void disksAreSubchannels() throws Exception {
        Path disk = Files.write(folder.resolve("disk"), new byte[1024]);
        Path other = Files.write(folder.resolve("other"), new byte[513]);
        String guest = guest(count(image()));
        Path state = folder.resolve("state.json");
        assertThat(CommandRun.of("run", guest, "--memory=64K", "--disk=" + disk, "--disk=" + disk, "--state=" + state))
                .isEqualTo(new CommandRun("", "", 0));
        assertThat(Files.readString(state)).contains("\"0000000000010002\"");
        assertThat(CommandRun.of("run", guest, "--disk=" + other))
                .isEqualTo(new CommandRun(
                        "",
                        "interruptor run: --disk=" + other + ": a disk of 513 bytes, expected a multiple of 512\n",
                        2));
        assertThat(CommandRun.of("run", guest, "--disk=" + folder))
                .isEqualTo(
                        new CommandRun("", "interruptor run: --disk=" + folder + ": a folder, expected a file\n", 2));
    }

    @Test
    void thereAreNoMoreDisksThanSubchannels() throws Exception {
        String disk = "--disk=" + Files.write(folder.resolve("disk"), new byte[512]);
        List<String> arguments = new ArrayList<>(List.of("run", guest(count(image()))));
        arguments.addAll(Collections.nCopies(257, disk));
        assertThat(CommandRun.of(arguments.toArray(String[]::new)))
                .isEqualTo(new CommandRun("", "interruptor run: --disk: 257 disks, expected at most 256\n", 2));
    }

    /** Counts subchannels in general register 1, from 0x00010000 on, and ends. */
    private static ByteBuffer count(ByteBuffer image) {
        image.putInt(CODE, 0xc019_0001).putShort(CODE + 4, (short) 0); // iilf %r1,0x00010000
        image.putInt(CODE + 6, 0xb234_0400); // stsch 0x400
        image.putInt(CODE + 10, 0xa714_0006); // brc 1, to the end: there is none
        image.putInt(CODE + 14, 0xa71a_0001); // ahi %r1,1
        image.putInt(CODE + 18, 0xa7f4_fffa); // to stsch
        lpswe(image, CODE + 22, 0x310);
        return image;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dump", "--state", "--counters", "--initrd", "--kernel", "--disk"})
    void aFileThatCannotBeOpenedIsToldByItsOption(String option) throws Exception {
        ByteBuffer image = image();
        lpswe(image, CODE, 0x310);
        String file = folder.resolve("none").resolve("file").toString();
        CommandRun run = option.equals("--kernel")
                ? CommandRun.of("run", "--kernel=" + file)
                : CommandRun.of("run", guest(image), option + "=" + file);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(file).hasLineCount(1);
    }

    @Test
    void whatRunsIsGivenOnceAndNoMoreCpusThanItTakes() {
        assertThat(CommandRun.of("run").err()).contains("expected either GUEST or --kernel=FILE");
        assertThat(CommandRun.of("run", "guest:hello", "--kernel=x").err()).contains("expected either GUEST or");
        CommandRun run = CommandRun.of("run", "guest:hello", "--cpus=65");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--cpus=65: guests that come along take 64 at most");
        assertThat(CommandRun.of("run", "guest:hello", "--append=x").status()).isZero();
    }

    @Test
    void anExternalNewPswThatIsEnabledForAConditionThatStaysIsALoop() throws Exception {
        ByteBuffer image = image();
        image.putLong(0x1b0, 0x0100_0001_8000_0000L).putLong(0x1b8, CODE + 0x40); // external new PSW, enabled
        image.putLong(0x320, 0x0100_0001_8000_0000L).putLong(0x328, CODE + 0x40);
        image.putLong(0x330, 0x8e0); // CR0 with the clock comparator, which is due
        image.putShort(CODE, (short) 0xeb00).putInt(CODE + 2, 0x0330_002f); // lctlg 0,0,0x330
        lpswe(image, CODE + 6, 0x320);
        image.putInt(CODE + 0x40, 0xa7f4_0000); // branches to itself
        CommandRun run = CommandRun.of("run", guest(image), "--cpus=4", "--timeout=60");
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err())
                .contains(
                        "vCPU 0 is stuck: 1000 times in a row interruptions were delivered, and no instruction completed")
                .contains("vCPUs 1 to 3: stopped: PSW");
    }

    @Test
    void whatTheGuestWritesIsNotChanged() throws Exception {
        ByteBuffer image = image();
        byte[] text = {(byte) 0xc3, '\n', (byte) 0xff, 0};
        int block = 0x2000;
        image.putShort(block, (short) (14 + text.length)).putShort(block + 8, (short) (6 + text.length));
        image.put(block + 10, (byte) 0x1a).put(block + 14, text);
        image.putShort(CODE, (short) 0xc029).putInt(CODE + 2, 0x0076_0005); // iilf 2,0x00760005
        image.putShort(CODE + 6, (short) 0xc039).putInt(CODE + 8, block); // iilf 3,block
        image.putInt(CODE + 12, 0xb220_0023); // servc 2,3
        lpswe(image, CODE + 16, 0x310);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(Main.run(out, out, "run", guest(image))).isZero();
        assertThat(out.toByteArray()).isEqualTo(text);
    }
}
