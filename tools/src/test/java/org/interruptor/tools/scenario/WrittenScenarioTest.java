package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.interruptor.engine.Machine;
import org.interruptor.engine.ScenarioWriter;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine that was written as a scenario, and the machine that its replay makes, behave alike. */
class WrittenScenarioTest {
    private static final int LENGTH = 0x10000;
    private static final long[] MASKS = {0, PswMask.EXTERNAL, PswMask.EXTERNAL | PswMask.WAIT, PswMask.IO};
    private static final long[] GATES = {0, 0x200, 0x4000, 0x4a00, 0x800};
    private static final long[] PREFIXES = {0, 0x2000, 0x4000, 0x6000, 0x1_0000, 0x1001};

    private final byte[] bytes = new byte[LENGTH];
    private final GuestMemory storage = GuestMemory.wrap(bytes);
    private final SettableTodClock clock = new SettableTodClock(0);
    private final Vcpu[] vcpus = new Vcpu[3];
    private Machine machine = newMachine();

    @AfterEach
    void close() {
        machine.close();
    }

    private Machine newMachine() {
        Machine made = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(3)
                .clock(clock)
                .build();
        for (int i = 0; i < vcpus.length; i++) {
            vcpus[i] = made.vcpu(i).bind();
        }
        return made;
    }

    private static String written(Machine machine) throws IOException {
        StringBuilder scenario = new StringBuilder();
        ScenarioWriter.write(machine, scenario);
        return scenario.toString();
    }

    @Test
    void isMadeOfSetUpStepsAndWhatIsQueued() throws IOException {
        clock.set(0x1234);
        storage.putLong(0x21b0, 0x0100_0000_8000_0000L);
        storage.putLong(0x31b8, 0x77);
        storage.putLong(0x4000, 0x1111); // no interruption field, and no lowcore
        Vcpu vcpu = vcpus[1];
        vcpu.registers().psw(PswMask.EXTERNAL | PswMask.WAIT, 0x8000);
        vcpu.registers().control(0, 0x200);
        vcpu.registers().control(6, 0xff);
        vcpu.registers().prefix(0x2000);
        vcpu.registers().clockComparator(9);
        vcpu.registers().epoch(5);
        vcpu.registers().ipa(0xb2b2);
        vcpu.handle().injectRestart();
        vcpu.handle().injectEmergency();
        vcpu.handle().injectEmergency();
        vcpu.handle().injectSetPrefix(0xffff_e000);
        vcpu.handle().injectStop();
        vcpu.handle().injectProgram(1);
        vcpu.handle().injectProgram(2);
        machine.injectService(3);
        machine.injectVirtio(0xffff_ffff, -1);

        assertThat(written(machine)).isEqualTo("""
                        machine vcpus 3 memory 0x10000
                        clock 0x1234
                        store 0x21b0 01000000800000000000000000000000
                        store 0x31b8 0000000000000077
                        set 1 psw.mask 0x102000000000000
                        set 1 psw.addr 0x8000
                        set 1 cr0 0x200
                        set 1 cr6 0xff
                        set 1 prefix 0x2000
                        set 1 ckc 0x9
                        set 1 epoch 0x5
                        set 1 ipa 0xb2b2
                        inject vm service 0x3 0x0
                        inject vm virtio 0xffffffff 0xffffffffffffffff
                        inject vcpu 1 restart
                        inject vcpu 1 emergency
                        inject vcpu 1 emergency
                        inject vcpu 1 set-prefix 0xffffe000
                        inject vcpu 1 stop
                        inject vcpu 1 program 0x1
                        inject vcpu 1 program 0x2
                        # vCPU 1 has a wait PSW: "wait 1" says whether it would sleep
                        """);
    }

    @Test
    void saysInCommentsWhatItHasNoStepFor() throws IOException {
        Vcpu vcpu = vcpus[0];
        vcpu.registers().control(0, 0x200);
        vcpu.registers().withoutInstruction();
        vcpu.handle().injectStop();
        vcpu.handle().injectSetPrefix(0);
        machine.injectService(1);
        vcpu.deliverPending();
        vcpu.stop();
        vcpu.handle().kick();
        Vcpu other = vcpus[1];
        other.handle().injectStop();
        other.handle().takeStopOnStop();
        vcpus[2].registers().prefix(0x1001);
        machine.vcpu(2).injectRestart();
        vcpus[2].deliverPending();

        assertThat(written(machine).lines().filter(line -> line.startsWith("#")))
                .containsExactly(
                        "# vCPU 0 is stopped; here it operates",
                        "# vCPU 0 has a kick, not yet taken",
                        "# vCPU 0 has stop-on-stop set, its stop is delivered",
                        "# vCPU 0 has the flag STOP, until its next delivery",
                        "# vCPU 0 has a request in the flag EXT, until its next delivery",
                        "# vCPU 0 has ihcpu 0xffff",
                        "# vCPU 0 executes no instruction: the length of a program interruption is 0",
                        "# vCPU 1 has no stop-on-stop set, its action is taken",
                        "# vCPU 2 had a fault: vCPU 2: lowcore at prefix 0x00001001 is not in storage, needed by"
                                + " restart");
    }

    @Test
    void behavesAsTheMachineDoes() throws IOException, MalformedStepException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            machine.close();
            machine = newMachine();
            Arrays.fill(bytes, (byte) 0);
            makeRandom(random);
            String scenario = written(machine);
            try (ScenarioMachine replayed = replay(scenario)) {
                assertThat(state(replayed.machine()))
                        .as("round %d%n%s", round, scenario)
                        .isEqualTo(state(machine));
                for (int step = 0; step < 12; step++) {
                    int id = random.nextInt(3);
                    assertThat(replayed.vcpu(id).isPending())
                            .as("round %d, vCPU %d, pending%n%s", round, id, scenario)
                            .isEqualTo(vcpus[id].isPending());
                    assertThat(replayed.vcpu(id).deliverPending())
                            .as("round %d, vCPU %d, deliver%n%s", round, id, scenario)
                            .isEqualTo(vcpus[id].deliverPending());
                    assertThat(state(replayed.machine()))
                            .as("round %d, vCPU %d, delivered%n%s", round, id, scenario)
                            .isEqualTo(state(machine));
                    long opened = GATES[random.nextInt(GATES.length)];
                    replayed.vcpu(id).registers().control(0, opened);
                    vcpus[id].registers().control(0, opened);
                }
            }
        }
    }

    /** Whatever a scenario can say: operating vCPUs, no kicks. */
    private void makeRandom(SplittableRandom random) {
        clock.set(random.nextInt(4) == 0 ? 0 : random.nextLong() >>> 1);
        for (long prefix : PREFIXES) {
            for (int offset : new int[] {0x80, 0x88, 0x130, 0x1a0, 0x1b0, 0x1d0, 0x11b8}) {
                if (GuestMemory.PAGE_LENGTH * 2 + prefix <= LENGTH && prefix % 2 == 0) {
                    storage.putLong(prefix + offset, pick(MASKS, random));
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            Registers registers = vcpus[i].registers();
            registers.psw(pick(MASKS, random), random.nextInt());
            registers.control(0, pick(GATES, random));
            registers.prefix(pick(PREFIXES, random));
            registers.clockComparator(clock.tod() + random.nextInt(-2, 3));
            registers.epoch(random.nextInt(3));
            registers.ipa(random.nextInt());
        }
        int deliveryAt = random.nextInt(20);
        for (int i = 0; i < 20; i++) {
            inject(vcpus[random.nextInt(3)], random);
            if (i == deliveryAt) {
                vcpus[random.nextInt(3)].deliverPending();
            }
        }
    }

    private void inject(Vcpu vcpu, SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0 -> machine.injectService(random.nextInt());
            case 1 -> machine.injectVirtio(random.nextInt(), random.nextLong());
            case 2 -> vcpu.handle().injectRestart();
            case 3 -> vcpu.handle().injectSetPrefix((int) pick(PREFIXES, random));
            case 4 -> vcpu.handle().injectProgram(random.nextInt(0x10000));
            case 5 -> vcpu.handle().injectStop();
            default -> vcpu.handle().injectEmergency();
        }
    }

    private static long pick(long[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    private static ScenarioMachine replay(String scenario) throws IOException, MalformedStepException {
        ScenarioMachine replayed = new ScenarioMachine();
        ScenarioLines lines = new ScenarioLines(new StringReader(scenario));
        for (String line = lines.next(); line != null; line = lines.next()) {
            Tokens tokens = new Tokens(line);
            if (!tokens.isEmpty()) {
                StepParser.parse(tokens).execute(replayed);
            }
        }
        return replayed;
    }

    /** Registers, queues and interruption fields: all that a scenario says, but its comments. */
    private static String state(Machine machine) throws IOException {
        return written(machine).lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    @Test
    void aMachineThatIsTooLargeIsRefused() throws IOException {
        try (Machine large =
                Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(65).build()) {
            assertThatThrownBy(() -> written(large))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("too large for a scenario: 65 vCPUs, expected at most 64");
        }
        for (int i = 0; i <= 1 << 20; i++) {
            machine.vcpu(2).injectEmergency();
        }
        assertThatThrownBy(() -> written(machine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("too large for a scenario: 1048577 emergency signals queued for vCPU 2");
    }

    @Test
    void aMachineInTheWaitIsRefused() {
        vcpus[0].registers().psw(PswMask.EXTERNAL, 0);
        vcpus[0].beginWait(() -> {});

        assertThatThrownBy(() -> written(machine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("vCPU 0 is in the wait: kick() it out first");
    }
}
