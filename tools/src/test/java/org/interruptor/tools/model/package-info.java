/**
 * A second, independent reading of the specification: the reference model, random scenarios, and their comparison with the
 * engine.
 *
 * <p>The model ({@link org.interruptor.tools.model.ReferenceModel}) is written from {@code interruptions.md} and
 * {@code scenario.md} alone and shares no code with the engine: where both print the same lines, a misreading would have to have
 * happened twice. It is made of plain lists, one thread, and no care for speed. The generator
 * ({@link org.interruptor.tools.model.ScenarioGenerator}) writes scenarios; it asks the model, as it goes, who is in the wait, so
 * that every step is well-formed. {@link org.interruptor.tools.model.RandomScenarioTest} replays them on both.
 *
 * <p>Everything here runs on the thread that calls it.
 */
package org.interruptor.tools.model;
