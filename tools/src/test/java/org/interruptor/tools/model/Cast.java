package org.interruptor.tools.model;

import java.util.List;
import java.util.Optional;

/** The vCPUs that play a part in a scenario: all of them, or a few out of 64. */
record Cast(Dice dice, List<ModelVcpu> vcpus) {

    ModelVcpu any() {
        return dice.pick(vcpus);
    }

    List<ModelVcpu> running() {
        return vcpus.stream().filter(vcpu -> !vcpu.waiting).toList();
    }

    List<ModelVcpu> waiting() {
        return vcpus.stream().filter(vcpu -> vcpu.waiting).toList();
    }

    /** Empty if all of the cast are in the wait. */
    Optional<ModelVcpu> someRunning() {
        List<ModelVcpu> running = running();
        return running.isEmpty() ? Optional.empty() : Optional.of(dice.pick(running));
    }
}
