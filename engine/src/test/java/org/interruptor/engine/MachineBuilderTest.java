package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a machine can be built with, and what it is where nothing is said. */
class MachineBuilderTest {
    private final GuestMemory storage = GuestMemory.wrap(new byte[0x2000]);
    private final MachineBuilder builder = Machine.builder(storage).rules(Rules.ORIGINAL);

    @Test
    void whereNothingIsSaidItHasOneVcpuAndTheHostsClock() {
        Machine machine = builder.build();

        assertThat(machine.vcpuCount()).isEqualTo(1);
        assertThat(machine.storage()).isSameAs(storage);
        assertThat(machine.clock().tod()).isNotZero();
    }

    @Test
    void whereNothingIsSaidAtLeast1024OfAnyOneTypeFit() {
        VcpuHandle vcpu = builder.build().vcpu(0);
        for (int i = 0; i < 1024; i++) {
            assertThat(vcpu.injectRestart()).isEqualTo(InjectResult.ACCEPTED);
            assertThat(vcpu.machine().injectVirtio(i, i)).isEqualTo(InjectResult.ACCEPTED);
        }
        assertThat(MachineBuilder.DEFAULT_LOCAL_CAPACITY).isEqualTo(1024);
        assertThat(vcpu.injectRestart()).isEqualTo(InjectResult.FULL);
    }

    @Test
    void itKeepsWhatItIsGiven() {
        SettableTodClock clock = new SettableTodClock(1);
        Machine machine = builder.vcpus(3).clock(clock).build();

        assertThat(machine.clock()).isSameAs(clock);
        assertThat(machine.vcpuCount()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(machine.vcpu(i).id()).isEqualTo(i);
            assertThat(machine.vcpu(i).machine()).isSameAs(machine);
        }
    }

    @Test
    void aBuilderBuildsMachinesThatShareNothingButWhatItWasGiven() {
        Machine first = builder.build();
        Machine second = builder.build();
        first.injectVirtio(1, 2);
        first.vcpu(0).injectRestart();
        first.close();

        assertThat(second.isClosed()).isFalse();
        assertThat(second.floatingQueued() + second.vcpu(0).queued()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "4, 2", "2, 16", "65536, 4096"})
    void capacitiesAreExact(int floating, int local) {
        Machine machine =
                builder.floatingCapacity(floating).localCapacity(local).build();
        int accepted = 0;
        while (machine.injectService(0) == InjectResult.ACCEPTED) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(floating);
        while (machine.vcpu(0).injectStop() == InjectResult.ACCEPTED) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(floating + local);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, (1 << 24) + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void capacitiesOutOfRangeAreRefused(int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.floatingCapacity(capacity))
                .withMessage("floatingCapacity=" + capacity + ": expected 2 to 16777216");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.localCapacity(capacity))
                .withMessage("localCapacity=" + capacity + ": expected 2 to 16777216");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 1000, (1 << 24) - 1})
    void capacitiesThatAreNoPowersOfTwoAreRefused(int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.floatingCapacity(capacity))
                .withMessage("floatingCapacity=" + capacity + ": expected a power of two");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.localCapacity(capacity))
                .withMessage("localCapacity=" + capacity + ": expected a power of two");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1025, Integer.MIN_VALUE})
    void numbersOfVcpusOutOfRangeAreRefused(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.vcpus(count))
                .withMessage("vcpus=" + count + ": expected 0 to 1024");
    }

    @Test
    void theBoundsThemselvesAreInRange() {
        assertThatCode(() -> builder.vcpus(0)
                        .vcpus(Machine.MAX_VCPUS)
                        .floatingCapacity(2)
                        .floatingCapacity(1 << 24)
                        .localCapacity(2)
                        .localCapacity(1 << 24))
                .doesNotThrowAnyException();
    }

    static Stream<Named<Consumer<MachineBuilder>>> nulls() {
        return Stream.of(
                Named.of("clock", builder -> builder.clock(null)),
                Named.of("waitStrategy", builder -> builder.waitStrategy(null)),
                Named.of("listener", builder -> builder.listener(null)),
                Named.of("errorHandler", builder -> builder.errorHandler(null)),
                Named.of("storage", builder -> Machine.builder(null).rules(Rules.ORIGINAL)));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullsAreRefused(Consumer<MachineBuilder> setter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setter.accept(builder))
                .withMessageMatching("(clock|waitStrategy|listener|errorHandler|storage)=null: expected one");
    }

    @Test
    void whatIsRefusedChangesNothing() {
        builder.vcpus(2);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.vcpus(-1));

        assertThat(builder.build().vcpuCount()).isEqualTo(2);
    }
}
