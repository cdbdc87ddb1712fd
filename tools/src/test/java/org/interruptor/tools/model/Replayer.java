package org.interruptor.tools.model;

/** Whatever can replay a scenario: the model, or the engine behind {@link EngineReplayer}. */
@FunctionalInterface
public interface Replayer {

    /**
     * Replays one scenario on a machine of its own.
     *
     * @param name what the scenario is called in the error line
     * @param text the whole file
     */
    Result replay(String name, String text);
}
