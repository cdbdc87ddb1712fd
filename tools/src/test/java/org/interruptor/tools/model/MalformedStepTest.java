package org.interruptor.tools.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each instance of each malformed step, by itself, in a place where nothing else is wrong. */
class MalformedStepTest {

    private static final Replayer ENGINE = new TimeLimitedReplayer(new EngineReplayer(), Duration.ofSeconds(20));

    /** vCPU 0 waits, vCPU 1 does not. */
    private static final String BEFORE = """
        machine vcpus 2 memory 0x4000
        set 0 psw.mask 0x0200000000000000
        wait 0
        """;

    private static final List<String> BEFORE_PRINTED = List.of("3 wait 0 sleep");
    private static final String BEHIND = "dump 0\nkick 0\n";

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsTheReplayOfTheModel(EdgeScenario scenario) {
        assertEquals(scenario.expectedResult(), scenario.replayedBy(ReferenceModel::replay));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsTheReplayOfTheEngine(EdgeScenario scenario) {
        assertEquals(scenario.expectedResult(), scenario.replayedBy(ENGINE));
    }

    static Stream<EdgeScenario> scenarios() {
        return Stream.of(MalformedKind.values()).flatMap(MalformedStepTest::scenariosOf);
    }

    private static Stream<EdgeScenario> scenariosOf(MalformedKind kind) {
        ModelMachine machine = new ModelMachine(2, 0x4000, Witness.NONE);
        int vcpu = kind.place == MalformedKind.Place.IN_THE_WAIT ? 0 : 1;
        return kind.instances(vcpu, machine).stream().map(step -> {
            String what = kind + ": " + step;
            return kind.place == MalformedKind.Place.BEFORE_THE_MACHINE
                    ? new EdgeScenario(what, step + "\n" + BEFORE + BEHIND, List.of(), 1)
                    : new EdgeScenario(what, BEFORE + step + "\n" + BEHIND, BEFORE_PRINTED, 4);
        });
    }
}
