package org.interruptor.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;

/**
 * A machine to test with: each vCPU has a lowcore of its own and all gates open, and stays that way when it takes
 * something; the clock stands still; what the engine tells is recorded.
 *
 * <pre>
 *  absolute 0x0000..0x1fff   nobody's
 *           0x2000 * (n + 1) lowcore of vCPU n: 0xee, but for the new PSWs
 * </pre>
 */
final class TestMachine {
    /** All that can end a wait is enabled. */
    static final long ENABLED = PswMask.IO | PswMask.EXTERNAL | PswMask.MACHINE_CHECK;

    /** The subclass masks of emergency signal, clock comparator, and service signal and virtio. */
    static final long EMERGENCY = 0x4000;

    static final long COMPARATOR = 0x800;
    static final long FLOATING = 0x200;
    static final long ALL_GATES = EMERGENCY | COMPARATOR | FLOATING;

    static final long EXTERNAL_NEW_ADDRESS = 0xe000;
    static final long PROGRAM_NEW_ADDRESS = 0xd000;
    static final long RESTART_NEW_ADDRESS = 0xc000;

    /** What all storage holds at first. */
    static final byte FILL = (byte) 0xee;

    static final long CLOCK_AT_FIRST = 0x1000_0000;

    private static final int LOWCORE = 0x2000;

    private final byte[] bytes;
    private final GuestMemory storage;
    private final SettableTodClock clock = new SettableTodClock(CLOCK_AT_FIRST);
    private final Recorder recorder = new Recorder();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final Machine machine;
    private final TestVcpu[] cpus;

    private TestMachine(int vcpus, UnaryOperator<MachineBuilder> options) {
        bytes = new byte[(vcpus + 2) * LOWCORE];
        Arrays.fill(bytes, FILL);
        storage = GuestMemory.wrap(bytes);
        machine = options.apply(Machine.builder(storage)
                        .rules(Rules.ORIGINAL)
                        .vcpus(vcpus)
                        .clock(clock)
                        .waitStrategy(WaitStrategy.park())
                        .listener(recorder)
                        .errorHandler(errors::add))
                .build();
        cpus = IntStream.range(0, vcpus)
                .mapToObj(i -> new TestVcpu(this, machine.vcpu(i), LOWCORE * (i + 1L)))
                .toArray(TestVcpu[]::new);
    }

    static TestMachine of(int vcpus) {
        return new TestMachine(vcpus, options -> options);
    }

    static TestMachine of(int vcpus, UnaryOperator<MachineBuilder> options) {
        return new TestMachine(vcpus, options);
    }

    Machine machine() {
        return machine;
    }

    TestVcpu cpu(int id) {
        return cpus[id];
    }

    List<TestVcpu> cpus() {
        return List.of(cpus);
    }

    GuestMemory storage() {
        return storage;
    }

    SettableTodClock clock() {
        return clock;
    }

    Recorder recorder() {
        return recorder;
    }

    /** What the error handler got. */
    List<Throwable> errors() {
        return errors;
    }

    /** Injects a virtio interruption that must be accepted. */
    TestMachine virtio(int parameter) {
        if (machine.injectVirtio(parameter, 0) != InjectResult.ACCEPTED) {
            throw new AssertionError("not accepted");
        }
        return this;
    }

    /** The numbers of the vCPUs that should leave guest code. */
    List<Integer> attentive() {
        return Arrays.stream(cpus)
                .filter(cpu -> cpu.vcpu().isAttention())
                .map(cpu -> cpu.vcpu().id())
                .toList();
    }

    /** The numbers of the vCPUs whose callback has run since the last call, with repetitions. */
    List<Integer> woken() {
        List<Integer> woken = new ArrayList<>();
        for (TestVcpu cpu : cpus) {
            for (int i = cpu.takeWakeUps(); i > 0; i--) {
                woken.add(cpu.vcpu().id());
            }
        }
        return woken;
    }

    /**
     * The bytes of storage that an action changes, as maximal runs: {@code 2086:1201 2130:0100...}.
     */
    String stored(Runnable action) {
        byte[] before = bytes.clone();
        action.run();
        StringBuilder changes = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != before[i]) {
                if (i == 0 || bytes[i - 1] == before[i - 1]) {
                    changes.append(changes.isEmpty() ? "" : " ").append(String.format("%x:", i));
                }
                changes.append(String.format("%02x", bytes[i]));
            }
        }
        return changes.toString();
    }
}
