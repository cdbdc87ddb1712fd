package org.interruptor.tools.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Model and engine at the edges of the specification, each against what was worked out by hand. */
class EdgeScenarioTest {

    private static final Replayer ENGINE = new TimeLimitedReplayer(new EngineReplayer(), Duration.ofSeconds(20));

    @ParameterizedTest
    @MethodSource("scenarios")
    void theModelPrintsIt(EdgeScenario scenario) {
        assertEquals(scenario.expectedResult(), scenario.replayedBy(ReferenceModel::replay));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theEnginePrintsIt(EdgeScenario scenario) {
        assertEquals(scenario.expectedResult(), scenario.replayedBy(ENGINE));
    }

    static Stream<EdgeScenario> scenarios() {
        return Stream.of(
                        SyntaxEdges.files(),
                        SyntaxEdges.numbers(),
                        DeliveryEdges.gates(),
                        DeliveryEdges.lowcores(),
                        WaitEdges.waits(),
                        WaitEdges.stepsInTheWait(),
                        WaitEdges.handingOn(),
                        CapacityEdges.capacities())
                .flatMap(List::stream);
    }
}
