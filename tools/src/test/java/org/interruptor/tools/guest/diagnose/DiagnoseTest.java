package org.interruptor.tools.guest.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.interruptor.engine.Machine;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.PlatformStub;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.device.TestDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DIAGNOSE on a machine of one CPU. */
class DiagnoseTest {
    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private final Machine machine = Machine.builder(storage).vcpus(1).build();
    private final Cpu cpu = new Cpu(machine.vcpu(0).bind(), new PlatformStub());
    private final TestDevice device = new TestDevice(machine);
    private final List<Integer> restarted = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(restarted::add);
    private final List<String> notified = new ArrayList<>();
    private final List<Boolean> resets = new ArrayList<>();
    private final List<Boolean> reloads = new ArrayList<>();
    private final SystemReset reset = new SystemReset() {
        @Override
        public void resetAndLoad(Cpu who, boolean isClear) {
            resets.add(isClear);
        }

        @Override
        public void reload(Cpu who, boolean isClear) {
            reloads.add(isClear);
        }
    };
    private final Diagnose diagnose = new Diagnose(device, null, watchdog, reset, this::notified);

    private long notified(int subchannel, long queue, long cookie) {
        notified.add(String.format(Locale.ROOT, "%08x %d %d", subchannel, queue, cookie));
        return 77;
    }

    @AfterEach
    void close() {
        watchdog.close();
        device.close();
        machine.close();
        storage.close();
    }

    private void refused(int code, int r1, int r3) {
        assertThatThrownBy(() -> diagnose.diagnose(cpu, code, r1, r3)).isSameAs(ProgramException.SPECIFICATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x204, 0x258, 0x260, 0x318, 0x501, 0x512, 0xffff})
    void whatIsNotThereIsASpecificationException(int code) {
        refused(code, 2, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x44, 0x9c})
    void yieldingLeavesTheConditionCodeAlone(int code) {
        cpu.cc(3);
        assertThat(diagnose.diagnose(cpu, code, 2, 4)).isEqualTo(3);
    }

    @Test
    void aVirtioDeviceIsTold() {
        cpu.gr(1, 3);
        cpu.gr(2, 0x1_0001_0005L);
        cpu.gr(3, 1);
        cpu.gr(4, 9);
        diagnose.diagnose(cpu, 0x500, 2, 4);
        assertThat(notified).containsExactly("00010005 1 9");
        assertThat(cpu.gr(2)).isEqualTo(77);
        cpu.gr(1, 4);
        refused(0x500, 2, 4);
    }

    @ParameterizedTest
    @CsvSource({"2, 0x308", "7, 0x308", "0x100000000, 0x308"})
    void otherSubcodesOfLoadingAreRefused(long subcode, int code) {
        cpu.gr(4, subcode);
        refused(code, 2, 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void thereAreNoParametersForALoad(long subcode) {
        cpu.gr(4, subcode);
        cpu.gr(2, 0x3000);
        diagnose.diagnose(cpu, 0x308, 2, 4);
        assertThat(cpu.gr(3)).isEqualTo(0x102);
        cpu.gr(2, 0x3008);
        refused(0x308, 2, 4);
        refused(0x308, 3, 4);
        cpu.gr(2, -4096);
        assertThatThrownBy(() -> diagnose.diagnose(cpu, 0x308, 2, 4)).isSameAs(ProgramException.ADDRESSING);
        assertThat(cpu.gr(3)).isEqualTo(0x102);
    }

    @Test
    void resetsAreAskedFor() {
        for (long subcode : new long[] {0, 1, 3, 4}) {
            cpu.gr(4, subcode);
            diagnose.diagnose(cpu, 0x308, 2, 4);
        }
        assertThat(resets).as("clear or not").containsExactly(true, false);
        assertThat(reloads).as("clear or not").containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 14, 0, 2, 4", // too short
        "0, 15, 1, 2, 4", // another action
        "0, 15, 0, 3, 4",
        "0, 15, 0, 2, 5",
        "1, 15, 0, 2, 4", // it does not run
        "3, 15, 0, 2, 4",
    })
    void theWatchdogRefuses(long function, long seconds, long action, int r1, int r3) {
        cpu.gr(r1, function);
        cpu.gr(r1 + 1, seconds);
        cpu.gr(r3, action);
        refused(0x288, r1, r3);
    }

    @Test
    void theWatchdogIsWoundAndEnded() {
        for (long function : new long[] {0, 1, 0, 2, 2}) {
            cpu.gr(2, function);
            cpu.gr(3, 15);
            cpu.gr(4, 0);
            diagnose.diagnose(cpu, 0x288, 2, 4);
        }
        cpu.gr(2, 1);
        refused(0x288, 2, 4);
        assertThat(restarted).isEmpty();
    }
}
