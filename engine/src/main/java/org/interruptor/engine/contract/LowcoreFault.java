package org.interruptor.engine.contract;

import java.util.Locale;
import org.interruptor.engine.gate.InterruptionType;

/**
 * Why a delivery could not go on: the lowcore does not lie wholly inside storage ({@code interruptions.md}, section 4).
 * Nothing has been stored or counted for that interruption, and it is still queued.
 *
 * @param vcpu the number of the vCPU.
 * @param prefix its prefix, 32 bits, unsigned.
 * @param type the interruption that needed the lowcore.
 */
public record LowcoreFault(int vcpu, long prefix, InterruptionType type) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "vCPU %d: lowcore at prefix 0x%08x is not in storage, needed by %s",
                vcpu,
                prefix,
                type.label());
    }
}
