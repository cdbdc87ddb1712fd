package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.ArrivedSignals;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.Test;

class SavedMachineTest {
    private static final int CAPACITY = 2048;

    @Test
    void aRestoredMachineGoesOnAsTheSavedOneDoes() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 60; round++) {
            int vcpus = 1 + random.nextInt(4);
            try (RandomMachine saved = new RandomMachine(vcpus, CAPACITY, CAPACITY);
                    RandomMachine restored = new RandomMachine(vcpus, CAPACITY / 2, CAPACITY * 2)) {
                saved.operate(random.split(), 1 + random.nextInt(300));
                saved.comeToRest();
                restored.operate(random.split(), random.nextInt(300)); // and had a life of its own before
                restored.comeToRest();

                restored.copyStorageFrom(saved);
                restored.machine()
                        .restore(SavedMachine.of(saved.machine().save().toBytes()));
                saved.forgetWakeUps();
                restored.forgetWakeUps();

                assertGoOnAlike(saved, restored, random, "round " + round);
            }
        }
    }

    private static void assertGoOnAlike(
            RandomMachine saved, RandomMachine restored, SplittableRandom random, String where) {
        assertThat(restored.dump()).as(where).isEqualTo(saved.dump());
        long same = random.nextLong();
        SplittableRandom ofSaved = new SplittableRandom(same);
        SplittableRandom ofRestored = new SplittableRandom(same);
        for (int i = 0; i < 300; i++) {
            String operation = saved.operate(ofSaved);
            assertThat(restored.operate(ofRestored)).as("%s, %d", where, i).isEqualTo(operation);
            assertThat(restored.dump()).as("%s, %d: %s", where, i, operation).isEqualTo(saved.dump());
        }
        assertThat(restored.bytes()).as(where).isEqualTo(saved.bytes());
    }

    @Test
    void savingChangesNothing() {
        try (RandomMachine machine = busyMachine(CAPACITY)) {
            String before = machine.dump();
            byte[] first = machine.machine().save().toBytes();

            assertThat(machine.machine().save().toBytes()).isEqualTo(first);
            assertThat(machine.dump()).isEqualTo(before);
        }
    }

    /** Two vCPUs; something of each kind is queued. */
    private static RandomMachine busyMachine(int capacity) {
        RandomMachine machine = new RandomMachine(2, capacity, capacity);
        machine.machine().injectService(7);
        machine.machine().injectVirtio(8, 9);
        Vcpu vcpu = machine.machine().vcpu(1).bind();
        vcpu.handle().injectEmergency();
        vcpu.handle().injectRestart();
        vcpu.handle().injectEmergency();
        vcpu.handle().injectSetPrefix(0x2000);
        vcpu.handle().injectStop();
        vcpu.handle().injectProgram(0x11);
        vcpu.raiseProgram(0x12);
        vcpu.handle().kick();
        vcpu.registers().prefix(0xffff_e000L);
        vcpu.deliverPending();
        return machine;
    }

    @Test
    void aSavedMachineTellsWhatItIsOf() {
        try (RandomMachine machine = busyMachine(CAPACITY)) {
            SavedMachine saved = SavedMachine.of(machine.machine().save().toBytes());

            assertThat(saved.vcpuCount()).isEqualTo(2);
            assertThat(saved.storageSize()).isEqualTo(machine.bytes().length);
            assertThat(saved.prefix(1)).isEqualTo(0xffff_e000L);
            assertThat(saved.tod()).isZero();
        }
    }

    @Test
    void aCutImageIsRefusedAndChangesNothing() {
        try (RandomMachine machine = busyMachine(CAPACITY)) {
            byte[] image = machine.machine().save().toBytes();
            String before = machine.dump();
            for (int length = 0; length < image.length; length++) {
                byte[] cut = Arrays.copyOf(image, length);
                assertThatThrownBy(() -> machine.machine().restore(SavedMachine.of(cut)))
                        .as("cut at %d", length)
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .message()
                        .isNotBlank();
            }
            assertThat(machine.dump()).isEqualTo(before);
        }
    }

    @Test
    void anImageWithAnyBitChangedIsRefusedAndChangesNothing() {
        try (RandomMachine machine = busyMachine(CAPACITY)) {
            byte[] image = machine.machine().save().toBytes();
            String before = machine.dump();
            for (int bit = 0; bit < image.length * 8; bit++) {
                byte[] changed = withBitChanged(image, bit);
                assertThatThrownBy(() -> machine.machine().restore(SavedMachine.of(changed)))
                        .as("bit %d of byte %d", bit & 7, bit >> 3)
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .message()
                        .isNotBlank();
            }
            assertThat(machine.dump()).isEqualTo(before);
        }
    }

    /** Somebody who knows the checksum has made it: refused, or a state that can be lived in. */
    @Test
    void anImageWithAnyBitChangedAndARightChecksumIsRefusedOrUsable() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        try (RandomMachine original = busyMachine(CAPACITY)) {
            byte[] image = original.machine().save().toBytes();
            try (RandomMachine target = new RandomMachine(2, CAPACITY, CAPACITY)) {
                for (int bit = 0; bit < image.length * 8; bit++) {
                    String before = target.dump();
                    try {
                        target.machine().restore(SavedMachine.of(sealed(withBitChanged(image, bit))));
                    } catch (IllegalArgumentException expected) {
                        refused++;
                        assertThat(target.dump()).as("bit %d", bit).isEqualTo(before);
                        continue;
                    }
                    target.operate(random, 20);
                    target.comeToRest();
                }
            }
        }
        assertThat(refused).isPositive();
    }

    private static byte[] withBitChanged(byte[] image, int bit) {
        byte[] changed = image.clone();
        changed[bit >> 3] ^= (byte) (1 << (bit & 7));
        return changed;
    }

    private static byte[] sealed(byte[] image) {
        CRC32C checksum = new CRC32C();
        checksum.update(image, 0, image.length - 4);
        ByteBuffer.wrap(image).putInt(image.length - 4, (int) checksum.getValue());
        return image;
    }

    @Test
    void randomBytesAreRefused() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThatThrownBy(() -> SavedMachine.of(bytes)).isExactlyInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anotherFormatAndAnotherVersionAreNamed() {
        assertThatThrownBy(() -> SavedMachine.of(new byte[1000]))
                .hasMessage("not a saved machine: it does not begin with INTRSAVE");
        try (RandomMachine machine = busyMachine(CAPACITY)) {
            byte[] image = machine.machine().save().toBytes();
            ByteBuffer.wrap(image).putInt(8, 4);
            assertThatThrownBy(() -> SavedMachine.of(image)).hasMessage("saved machine: version 4, expected 1 to 3");
        }
    }

    /** What version 1 wrote of a machine with one vCPU: a stop and a restart delivered, a kick, three queued, one floating. */
    private static final String VERSION_1 =
            "SU5UUlNBVkUAAAABAAAB0AAAAAAAAQAAAAAAAAAAAAUAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAEAAAAB//8mAwAAAAgAAAAA"
                    + "AAAACQAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAE0AAAAAAAAAAAAAAAAAAAAAAAAAAAADAB8AAAAAAAAAAAAAAAAAAAAFAAAADQAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAAA//+AAEAAAARAAAAAAAAAAAAAAAAAAAAAf//EgEAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAf/+AAIAACAAAAAAAAAAAAAAAAAAAAAAAYtTJrk=";

    @Test
    void anImageOfVersion1IsRead() {
        try (RandomMachine target = new RandomMachine(1, CAPACITY, CAPACITY)) {
            Machine machine = target.machine();
            machine.restore(SavedMachine.of(Base64.getDecoder().decode(VERSION_1)));
            Vcpu vcpu = Guest.own(machine.vcpu(0));

            assertThat(vcpu.queuedLocal())
                    .extracting(QueuedInterruption::type)
                    .containsExactly(
                            InterruptionType.PROGRAM, InterruptionType.EMERGENCY_SIGNAL, InterruptionType.SET_PREFIX);
            assertThat(vcpu.handle().accepted()).isEqualTo(5);
            assertThat(vcpu.handle().counter(Counter.REFUSED)).isEqualTo(1);
            assertThat(vcpu.handle().counter(Counter.DELIVER_RESTART_SIGNAL)).isEqualTo(1);
            assertThat(vcpu.handle().counter(Counter.DISCARDED_BY_FAULT)).isZero();
            assertThat(machine.queuedFloating()).hasSize(1);
            assertThat(machine.clock().tod()).isEqualTo(5);
            assertThat(vcpu.takeKick()).isTrue();
            assertThat(vcpu.isAttention()).isTrue(); // for what is queued
        }
    }

    /**
     * What version 2 wrote of a machine with one vCPU: a stop, and a restart behind it, delivered; a start that no delivery has seen, a
     * kick, three queued, one floating.
     */
    private static final String VERSION_2 =
            "SU5UUlNBVkUAAAACAAACOAAAAAAAAQAAAAAAAAAAAAUAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAEAAAAB//8mAwAAAAgAAAAAAAAA"
                    + "CQAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAA//////////8AAAAAAAAAAAAAAAAAAAAAAAAAAAAzAA8AAAAAAAAAAAAAAAAAAAAFAAAAGgAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD//4AAQAAABEAAAAAAAAAAAAAAAAAAAAB//8SAQAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAB//4AAgAAIAAAAAAAAAAAAAAAAAAAAAABSGa1wg==";

    @Test
    void anImageOfVersion2IsRead() {
        try (RandomMachine target = new RandomMachine(1, CAPACITY, CAPACITY)) {
            Machine machine = target.machine();
            SavedMachine saved = SavedMachine.of(Base64.getDecoder().decode(VERSION_2));
            machine.restore(saved);
            Vcpu vcpu = Guest.own(machine.vcpu(0));

            assertThat(saved.rules()).isEqualTo(Rules.ORIGINAL);
            assertThat(vcpu.queuedLocal())
                    .extracting(QueuedInterruption::type)
                    .containsExactly(
                            InterruptionType.PROGRAM, InterruptionType.EMERGENCY_SIGNAL, InterruptionType.SET_PREFIX);
            assertThat(vcpu.isStopLast()).isFalse();
            assertThat(vcpu.handle().accepted()).isEqualTo(5);
            assertThat(vcpu.handle().counter(Counter.REFUSED)).isEqualTo(1);
            assertThat(vcpu.handle().counter(Counter.COALESCED)).isZero();
            assertThat(machine.floatingRefused()).isEqualTo(1);
            assertThat(machine.clock().tod()).isEqualTo(5);
            assertThat(vcpu.beginWait(() -> {})).isEqualTo(WaitOutcome.KICKED);
            assertThat(vcpu.beginWait(() -> {})).isEqualTo(WaitOutcome.READY);
        }
    }

    @Test
    void attentionStaysBehindAKickThatIsTakenWhereSomethingElseHasCome() {
        for (boolean isSomethingElse : new boolean[] {false, true}) {
            try (RandomMachine original = new RandomMachine(1, CAPACITY, CAPACITY);
                    RandomMachine target = new RandomMachine(1, CAPACITY, CAPACITY)) {
                Vcpu vcpu = Guest.own(original.machine().vcpu(0));
                vcpu.handle().kick();
                vcpu.deliverPending();
                if (isSomethingElse) {
                    vcpu.handle().injectEmergency();
                }
                target.machine().restore(original.machine().save());
                Vcpu restored = Guest.own(target.machine().vcpu(0));
                assertThat(restored.isAttention()).isTrue();
                assertThat(restored.takeKick()).isTrue();

                assertThat(restored.isAttention()).isEqualTo(isSomethingElse);
            }
        }
    }

    @Test
    void aStartThatNoDeliveryHasSeenAndTheOrderOfStopAndRestartAreKept() {
        try (RandomMachine original = new RandomMachine(1, CAPACITY, CAPACITY);
                RandomMachine target = new RandomMachine(1, CAPACITY, CAPACITY)) {
            Vcpu vcpu = Guest.own(original.machine().vcpu(0));
            vcpu.handle().injectStop();
            vcpu.handle().injectRestart();
            vcpu.deliverPending();
            vcpu.stop();
            vcpu.handle().start();
            target.machine().restore(SavedMachine.of(original.machine().save().toBytes()));
            Vcpu restored = Guest.own(target.machine().vcpu(0));

            assertThat(restored.isStopLast()).isFalse();
            assertThat(restored.beginWait(() -> {})).isEqualTo(WaitOutcome.READY);
        }
    }

    @Test
    void theVcpusOwnProgramInterruptionHasItsPlaceInTheRestoredMachineToo() {
        try (RandomMachine original = new RandomMachine(1, CAPACITY, 2);
                RandomMachine target = new RandomMachine(1, CAPACITY, 2)) {
            VcpuHandle handle = original.machine().vcpu(0);
            handle.injectRestart();
            handle.injectRestart();
            assertThat(Guest.own(handle).raiseProgram(5)).isEqualTo(InjectResult.ACCEPTED);
            target.machine().restore(original.machine().save());

            assertThat(target.dump()).isEqualTo(original.dump());
            assertThat(target.machine().vcpu(0).injectRestart()).isEqualTo(InjectResult.FULL);
            assertThat(Guest.own(target.machine().vcpu(0)).deliverPending()).isEqualTo(3);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        try (RandomMachine original = busyMachine(CAPACITY);
                RandomMachine larger = new RandomMachine(3, CAPACITY, CAPACITY);
                RandomMachine shortQueue = new RandomMachine(2, CAPACITY, 2);
                RandomMachine shortRing = new RandomMachine(2, 2, CAPACITY)) {
            SavedMachine saved = original.machine().save();
            assertRefused(larger, saved, "saved machine does not fit: 2 vCPUs, this machine has 3");
            assertRefused(
                    shortQueue,
                    saved,
                    "saved machine does not fit: 4 places in the local queue of vCPU 1 taken, this machine has 2");
            original.machine().injectService(1);
            assertRefused(
                    shortRing,
                    original.machine().save(),
                    "saved machine does not fit: 3 places in the floating queue taken, this machine has 2");
        }
    }

    @Test
    void storageOfAnotherSizeIsRefused() {
        try (RandomMachine original = busyMachine(CAPACITY);
                GuestMemory storage = GuestMemory.allocate(1 << 20);
                Machine other =
                        Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(2).build()) {
            SavedMachine saved = original.machine().save();
            assertThatThrownBy(() -> other.restore(saved))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("saved machine does not fit: 65536 bytes of storage, this machine has 1048576");
        }
    }

    private static void assertRefused(RandomMachine target, SavedMachine saved, String message) {
        target.machine().injectService(1);
        target.machine().vcpu(1).injectRestart();
        String before = target.dump();
        assertThatThrownBy(() -> target.machine().restore(saved))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(target.dump()).isEqualTo(before);
    }

    @Test
    void whatJustFitsIsRestored() {
        try (RandomMachine original = busyMachine(CAPACITY);
                RandomMachine target = new RandomMachine(2, 2, 8)) {
            target.copyStorageFrom(original);
            target.machine().restore(original.machine().save());

            assertThat(target.dump()).isEqualTo(original.dump());
            assertThat(target.machine().injectService(1)).isEqualTo(InjectResult.FULL);
        }
    }

    @Test
    void aMachineInTheWaitOrClosedIsNeitherSavedNorRestored() {
        try (RandomMachine original = busyMachine(CAPACITY);
                RandomMachine target = new RandomMachine(2, CAPACITY, CAPACITY)) {
            SavedMachine saved = original.machine().save();
            Vcpu vcpu = target.machine().vcpu(1).bind();
            vcpu.registers().psw(0x0100_0000_0000_0000L, 0);
            assertThat(vcpu.beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);
            assertThatThrownBy(target.machine()::save)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("vCPU 1 is in the wait: kick() it out first");
            assertThatThrownBy(() -> target.machine().restore(saved)).isExactlyInstanceOf(IllegalStateException.class);
            vcpu.handle().kick();
            assertThatThrownBy(target.machine()::save).isExactlyInstanceOf(IllegalStateException.class);
            vcpu.endWait();
            target.machine().close();
            assertThatThrownBy(target.machine()::save)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("the machine is closed: what was queued is gone");
            assertThatThrownBy(() -> target.machine().restore(saved)).isExactlyInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anEmergencySignalOutstandingTwoToTheThirtiethTimesIsTheLast() {
        try (RandomMachine original = new RandomMachine(1, 8, 8);
                RandomMachine target = new RandomMachine(1, 8, 8)) {
            Vcpu vcpu = original.machine().vcpu(0).bind();
            ArrivedSignals.set(vcpu.handle().arrivals(), (1L << 30) - 1);
            target.machine().restore(original.machine().save());
            Vcpu restored = target.machine().vcpu(0).bind();

            assertThat(restored.handle().queued()).isEqualTo((1L << 30) - 1);
            assertThat(restored.handle().injectEmergency()).isEqualTo(InjectResult.ACCEPTED);
            assertThat(restored.handle().injectEmergency()).isEqualTo(InjectResult.FULL);
            assertThat(SavedMachine.of(target.machine().save().toBytes()).vcpuCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void anyClockButASettableOneGoesOnAsItIs() {
        try (RandomMachine original = busyMachine(CAPACITY);
                GuestMemory storage = GuestMemory.allocate(original.bytes().length);
                Machine machine = Machine.builder(storage)
                        .rules(Rules.ORIGINAL)
                        .vcpus(2)
                        .clock(TodClock.system())
                        .build()) {
            long before = machine.clock().tod();
            machine.restore(original.machine().save());

            assertThat(machine.clock().tod()).isGreaterThanOrEqualTo(before);
        }
    }
}
