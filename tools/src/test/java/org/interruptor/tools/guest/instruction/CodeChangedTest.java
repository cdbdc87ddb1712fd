package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.interruptor.engine.Machine;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.GuestCpu;
import org.interruptor.tools.guest.PlatformStub;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.MainStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Code that is stored into is executed as it is in storage: that of the CPU itself at once, that of another CPU once both have
 * serialized.
 */
class CodeChangedTest {
    private static final long MASK = GuestCpu.MASK;
    private static final int CODE = 0x8000;

    /** The next instruction is changed by the one before it, a thousand times, and once through another address. */
    @Test
    void aStoreIntoTheNextInstructionCountsAtOnce() {
        try (GuestCpu guest = new GuestCpu(1 << 20)) {
            guest.cpu.gr(10, CODE);
            guest.cpu.gr(9, 1000);
            // loop: ahi %r5,1; sth %r5,10(%r10); lghi %r6,0; agr %r7,%r6; brct %r9,loop
            assertThat(guest.run("a75a0001", "4050a00a", "a7690000", "b9080076", "a796fff8"))
                    .isEqualTo(1);
            assertThat(guest.cpu.gr(7)).isEqualTo(1000 * 1001 / 2);
        }
    }

    @Test
    void anInstructionBecomesAnotherOne() {
        try (GuestCpu guest = new GuestCpu(1 << 20)) {
            guest.cpu.gr(10, CODE);
            guest.cpu.gr(3, 0x1b66); // sr %r6,%r6
            guest.cpu.gr(6, 5);
            guest.cpu.gr(9, 2);
            // loop: ar %r6,%r6; sth %r3,0(%r10); brct %r9,loop
            assertThat(guest.run("1a66", "4030a000", "a796fffd")).isEqualTo(1);
            assertThat(guest.cpu.gr(6)).isZero();
        }
    }

    /**
     * CPU 0 writes an instruction, then a number, and serializes; CPU 1 waits for the number, serializes, and executes the
     * instruction, which has to be of that number.
     */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void whatAnotherCpuHasStoredIsExecutedAfterSerialization() throws Exception {
        int rounds = 20_000;
        GuestMemory memory = GuestMemory.allocate(1 << 20);
        Machine machine = Machine.builder(memory).vcpus(2).build();
        try {
            MainStorage main = new MainStorage(memory, 2);
            Cpu writer = cpu(machine, main, 0, rounds);
            Cpu reader = cpu(machine, main, 1, rounds);
            try (GuestCpu assembler = new GuestCpu(1 << 20)) {
                // %r5 number; %r10 code of the other; %r11 shared: number at 0, answer at 8
                // loop: aghi %r5,1; sth %r5,2(%r10); bcr 15,0; stg %r5,0(%r11); wait: cg %r5,8(%r11); brc 6,wait; brct
                assembler.code(CODE, "a75b0001", "4050a002", "07f0", "e350b0000024", "e350b0080020", "a764fffd");
                assembler.code(CODE + 26, "a796fff3", "0000");
                // loop: aghi %r5,1; wait: cg %r5,0(%r11); brc 6,wait; bcr 15,0; j target
                assembler.code(0x9000, "a75b0001", "e350b0000020", "a764fffd", "07f0", "a7f4007c");
                // target (0x9108): lghi %r6,0; cr %r6,%r5 (low 15 bits: rounds fit); brc 6,bad; stg %r5,8(%r11); brct
                // %r9,loop
                assembler.code(0x9108, "a7690000", "1965", "a7640008", "e350b0080024", "a796ff74", "0000");
                assembler.code(0x911e, "0001");
                byte[] code = new byte[0x2000];
                assembler.memory.getBytes(CODE, code, 0, code.length);
                memory.putBytes(CODE, code, 0, code.length);
            }
            writer.registers().psw(MASK, CODE);
            reader.registers().psw(MASK, 0x9000);
            writer.gr(10, 0x9108);
            reader.vcpu().unbind();
            Thread other = new Thread(() -> {
                reader.vcpu().handle().bind();
                new Interpreter(reader, null, null).run();
            });
            other.start();
            new Interpreter(writer, null, null).run();
            other.join();
            assertThat(writer.gr32(9)).as("rounds left to write").isZero();
            assertThat(reader.gr32(9)).as("rounds left to execute").isZero();
        } finally {
            machine.close();
            memory.close();
        }
    }

    private static Cpu cpu(Machine machine, MainStorage main, int number, int rounds) {
        Cpu cpu = new Cpu(machine.vcpu(number).bind(), new PlatformStub(), main);
        cpu.registers().initialReset();
        cpu.gr(9, rounds);
        cpu.gr(11, 0x4000);
        return cpu;
    }
}
