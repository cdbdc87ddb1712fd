/**
 * Scenario files: their language and their replay through the engine's public API. The language is defined in
 * {@code tools/scenario.md}.
 *
 * <pre>
 *  file --> ScenarioLines --> Tokens --> StepParser --> a Step --> ScenarioMachine --> Machine, Vcpu
 *           line by line                 by its name    record     vCPUs by number,    the engine
 *                                                                  callbacks, what was delivered
 *  {@link org.interruptor.tools.scenario.ScenarioReplay} turns the wheel and prints what each step answers.
 * </pre>
 *
 * <p>Each kind of step is a record of its own that knows its tokens and what it does: a new one is a class and a line in
 * {@code StepParser}. No rule about interruptions is here: what is deliverable, who is woken and what is stored is the
 * engine's answer. A vCPU waits in the callback form, and who is woken is whose callback ran.
 *
 * <p>Threads: one for each replay; replays share nothing.
 */
package org.interruptor.tools.scenario;
