/** What the engine and its embedder tell each other: answers ({@link org.interruptor.engine.contract.InjectResult}, {@link org.interruptor.engine.contract.WaitOutcome}, {@link org.interruptor.engine.contract.LowcoreFault}), choices ({@link org.interruptor.engine.contract.WaitStrategy}) and calls ({@link org.interruptor.engine.contract.EngineListener}). */
package org.interruptor.engine.contract;
