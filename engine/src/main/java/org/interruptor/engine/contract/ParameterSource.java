package org.interruptor.engine.contract;

/**
 * An {@link InterruptionSource} whose interruption carries a parameter that the device chooses each time.
 *
 * <p>Threads: any. Nothing here blocks, allocates or throws.
 */
public interface ParameterSource extends InterruptionSource {
    /**
     * Injects the interruption of this source with a parameter.
     *
     * @param parameter 32 bits: the external-interruption parameter of a service signal, the interruption parameter of an I/O
     *     interruption.
     * @return the answer of the injection.
     */
    InjectResult trigger(int parameter);
}
