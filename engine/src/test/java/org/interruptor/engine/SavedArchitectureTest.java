package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Saving and restoring under architecture rules: every pending thing, CPU states, orders, timers, suppression; all or nothing. */
class SavedArchitectureTest {
    private static final int VCPUS = 3;

    private static TestMachine machine() {
        return ArchitectureMachine.of(VCPUS, builder -> builder.ioSources(16));
    }

    private static byte[] image(TestMachine machine) {
        return machine.machine().save().toBytes();
    }

    private static void move(TestMachine from, TestMachine to) {
        byte[] bytes = new byte[(int) from.storage().size()];
        from.storage().getBytes(0, bytes, 0, bytes.length);
        to.storage().putBytes(0, bytes, 0, bytes.length);
        to.machine().restore(SavedMachine.of(image(from)));
    }

    @ParameterizedTest
    @EnumSource
    void eachClassIsDeliveredByTheRestoredMachine(PendingClass pending) {
        TestMachine saved = machine();
        saved.cpu(0).pswMask(0);
        assertThat(pending.put(saved, saved.cpu(0))).isEqualTo(InjectResult.ACCEPTED);
        TestMachine restored = machine();
        move(saved, restored);

        assertThat(image(restored)).isEqualTo(image(saved));
        restored.cpu(0).pswMask(TestMachine.ENABLED);
        assertThat(restored.cpu(0).deliver()).containsExactly(pending.type());
        assertThat(ArchitectureMachine.stored(restored, restored.cpu(0))).isEqualTo(pending.stored());
    }

    @Test
    void aRestoredMachineGoesOnAsTheSavedOneDoes() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            TestMachine saved = machine();
            TestMachine restored = machine();
            operate(saved, random.split(), random.nextInt(200));
            operate(restored, random.split(), random.nextInt(200)); // had a life of its own
            move(saved, restored);
            assertThat(image(restored)).as("round %d", round).isEqualTo(image(saved));

            long same = random.nextLong();
            SplittableRandom ofSaved = new SplittableRandom(same);
            SplittableRandom ofRestored = new SplittableRandom(same);
            for (int i = 0; i < 100; i++) {
                String operation = operate(saved, ofSaved);
                assertThat(operate(restored, ofRestored))
                        .as("round %d, %d", round, i)
                        .isEqualTo(operation);
                assertThat(image(restored))
                        .as("round %d, %d: %s", round, i, operation)
                        .isEqualTo(image(saved));
            }
        }
    }

    private static void operate(TestMachine machine, SplittableRandom random, int count) {
        for (int i = 0; i < count; i++) {
            operate(machine, random);
        }
    }

    /** One operation, and what it answered. */
    private static String operate(TestMachine machine, SplittableRandom random) {
        int id = random.nextInt(VCPUS);
        TestVcpu cpu = machine.cpu(id);
        int kind = random.nextInt(16);
        int value = random.nextInt(8);
        String answer = switch (kind) {
            case 0, 1, 2, 3 -> {
                PendingClass pending = PendingClass.values()[random.nextInt(PendingClass.values().length)];
                yield pending + " " + pending.put(machine, cpu);
            }
            case 4, 5, 6 -> {
                List<InterruptionType> delivered = new ArrayList<>(cpu.deliver());
                yield delivered + " " + cpu.registers().pswAddress();
            }
            case 7 -> "order " + order(cpu.handle(), value);
            case 8 -> {
                cpu.pswMask(TestMachine.ENABLED & random.nextLong());
                yield "mask";
            }
            case 9 -> {
                cpu.registers().control(value == 0 ? 0 : value == 1 ? 14 : 6, random.nextLong() | 0xfe70L);
                yield "control";
            }
            case 10 -> {
                machine.machine().suppression(value, random.nextBoolean());
                yield "suppressible " + machine.machine().injectAdapter(value, true);
            }
            case 11 ->
                "withdrawn " + machine.machine().subchannel(0x10000 + value % 4).withdraw();
            case 12 ->
                "I/O " + machine.machine().subchannel(0x10000 + value % 4).inject(random.nextInt(), value << 27);
            case 13 -> "raised " + cpu.vcpu().raiseProgram(random.nextInt(0x200));
            case 14 -> {
                machine.clock().set(machine.clock().tod() + random.nextInt(100_000));
                cpu.vcpu().cpuTimer(random.nextInt(-1000, 1_000_000));
                yield "timer " + cpu.vcpu().cpuTimer();
            }
            default -> {
                if (value < 2) {
                    cpu.vcpu().reset();
                } else if (value < 4) {
                    cpu.handle().kick();
                } else if (value < 6) {
                    cpu.handle().start();
                } else {
                    machine.machine().setClock(machine.clock().tod() + value);
                }
                yield "other " + value;
            }
        };
        return id + " " + kind + " " + answer + " " + machine.attentive()
                + cpu.vcpu().flags();
    }

    private static InjectResult order(VcpuHandle handle, int value) {
        return value < 3
                ? handle.injectStop()
                : value < 6 ? handle.injectRestart() : handle.injectSetPrefix((handle.id() + 1) * 0x2000);
    }

    private static TestMachine busy() {
        TestMachine machine = machine();
        machine.machine().suppression(3, true);
        for (TestVcpu cpu : machine.cpus()) {
            cpu.pswMask(0);
        }
        for (PendingClass pending : PendingClass.values()) {
            pending.put(machine, machine.cpu(1));
        }
        machine.machine().signalProcessor(0, 1, 0x09, 0);
        machine.cpu(2).vcpu().stop();
        machine.machine().signalProcessor(0, 2, 0x0e, 0x400);
        machine.cpu(0).vcpu().programInterruption().begin(0x10, 4).teid(7).breakingEvent(8);
        machine.cpu(0).vcpu().raiseProgram();
        return machine;
    }

    private static TestMachine loading() {
        TestMachine machine = machine();
        machine.cpu(1).vcpu().stop();
        machine.cpu(1).handle().load(TestMachine.ENABLED, 0x1_2344);
        return machine;
    }

    @Test
    void savingChangesNothing() {
        TestMachine machine = busy();

        assertThat(image(machine)).isEqualTo(image(machine));
    }

    @Test
    void aLoadInProgressIsCarriedOutByTheRestoredMachine() {
        TestMachine saved = loading();
        TestMachine restored = machine();
        restored.cpu(0).vcpu().stop();
        restored.cpu(0).handle().load(TestMachine.ENABLED, 0xdead); // replaced with the rest of this state
        move(saved, restored);
        assertThat(image(restored)).isEqualTo(image(saved));

        AtomicInteger executed = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            restored.cpu(1).vcpu().step(cpu -> executed.incrementAndGet());
        }
        assertThat(executed).hasPositiveValue();
        assertThat(restored.cpu(1).handle().isOperating()).isTrue();
        assertThat(restored.cpu(1).registers().pswMask()).isEqualTo(TestMachine.ENABLED);
        assertThat(restored.cpu(1).registers().pswAddress()).isEqualTo(0x1_2344);
        assertThat(restored.cpu(0).handle().isOperating()).isTrue();
        assertThat(restored.cpu(0).registers().pswAddress()).isNotEqualTo(0xdead);
    }

    @Test
    void aPswToLoadWithoutItsOrderIsRefused() {
        byte[] image = image(loading());
        byte[] psw = ByteBuffer.allocate(16)
                .putLong(TestMachine.ENABLED)
                .putLong(0x1_2344)
                .array();
        int at = 0;
        while (!Arrays.equals(image, at, at + psw.length, psw, 0, psw.length)) {
            at++;
        }
        ByteBuffer.wrap(image).putLong(at - Long.BYTES, 0); // the state word: stopped
        seal(image);
        assertThatThrownBy(() -> SavedMachine.of(image))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a PSW to load without an order");
    }

    /** Somebody who knows the checksum has made it: refused and nothing has changed, or a state that can be lived in. */
    @Test
    void anImageWithABitOfAnyByteChangedIsRefusedOrUsable() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        changeBits(image(busy()), random);
        changeBits(image(loading()), random);
    }

    private static void changeBits(byte[] image, SplittableRandom random) {
        TestMachine target = machine();
        int refused = 0;
        byte[] before = image(target);
        for (int i = 0; i < image.length; i++) {
            int bit = i * 8 + random.nextInt(8);
            byte[] changed = image.clone();
            changed[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertThatThrownBy(() -> SavedMachine.of(changed))
                    .as("bit %d", bit)
                    .isExactlyInstanceOf(IllegalArgumentException.class);
            seal(changed);
            try {
                target.machine().restore(SavedMachine.of(changed));
            } catch (IllegalArgumentException expected) {
                refused++;
                assertThat(image(target)).as("bit %d", bit).isEqualTo(before);
                continue;
            }
            for (TestVcpu cpu : target.cpus()) {
                cpu.vcpu().deliverPending();
            }
            before = image(target);
        }
        assertThat(refused).isPositive();
    }

    private static void seal(byte[] image) {
        CRC32C checksum = new CRC32C();
        checksum.update(image, 0, image.length - 4);
        ByteBuffer.wrap(image).putInt(image.length - 4, (int) checksum.getValue());
    }

    @Test
    void otherRulesAreRefused() {
        TestMachine original = TestMachine.of(VCPUS);
        TestMachine target = machine();

        assertThatThrownBy(() -> target.machine().restore(original.machine().save()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("saved machine does not fit: original rules, this machine has architecture rules");
        assertThatThrownBy(() -> original.machine().restore(target.machine().save()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("saved machine does not fit: architecture rules, this machine has original rules");
        assertThat(target.machine().save().rules()).isEqualTo(Rules.ARCHITECTURE);
    }

    @Test
    void subchannelsForWhichThereIsNoRoomAreRefused() {
        TestMachine small = ArchitectureMachine.of(VCPUS, builder -> builder.ioSources(2));
        small.machine().subchannel(1);
        byte[] before = image(small);

        assertThatThrownBy(() -> small.machine().restore(busy().machine().save()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("saved machine does not fit: 4 subchannels with those that are here, this machine has room"
                        + " for 2");
        assertThat(image(small)).isEqualTo(before);
    }

    @Test
    void theGuestsTimeGoesOnByAnyClock() {
        TestMachine saved = machine();
        saved.machine().setClock(0x5000_0000L);
        TestMachine other = ArchitectureMachine.of(VCPUS, builder -> builder.clock((TodClock) () -> 0x7777_0000L));
        other.machine().restoreKeepingTime(saved.machine().save());

        assertThat(other.machine().machineClock().tod()).isEqualTo(0x5000_0000L);
        assertThat(other.cpu(0).registers().epoch()).isZero();
    }
}
