package org.interruptor.tools.model;

/**
 * Told what happens inside the model, for those things that leave no line in the output or are hard to see in it. The generator's
 * {@link Coverage} is one.
 */
interface Witness {

    /** Looks away. */
    Witness NONE = new Witness() {};

    /** Why a floating interruption was handed on. */
    enum HandOn {
        DELIVERY,
        FAULT,
        WAIT,
        DISABLED_WAIT,
        KICK
    }

    default void passedOver(ModelVcpu vcpu, Interruption interruption) {}

    default void delivered(ModelVcpu vcpu, Interruption interruption) {}

    default void faulted(ModelVcpu vcpu, Interruption interruption) {}

    /** {@code woken} was in the wait, and has left it because of what {@code from} did not take. */
    default void handedOn(HandOn why, ModelVcpu from, ModelVcpu woken) {}
}
