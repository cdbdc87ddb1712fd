package org.interruptor.tools.model;

import java.util.Locale;

/** A delivery needed a lowcore that is not wholly inside storage. */
final class LowcoreFaultException extends Exception {

    private static final long serialVersionUID = 1L;

    LowcoreFaultException(ModelVcpu vcpu, Interruption interruption) {
        super(String.format(
                Locale.ROOT,
                "vCPU %d has no lowcore at prefix 0x%08x for %s",
                vcpu.number,
                vcpu.prefix,
                interruption.type().printedName));
    }
}
