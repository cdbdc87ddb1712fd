package org.interruptor.tools.model;

/** A delivery needed a lowcore that is not wholly inside storage. */
final class LowcoreFaultException extends Exception {

    private static final long serialVersionUID = 1L;

    LowcoreFaultException(ModelVcpu vcpu, Interruption interruption) {
        super("vCPU %d has no lowcore at prefix 0x%08x for %s"
                .formatted(vcpu.number, vcpu.prefix, interruption.type().printedName));
    }
}
