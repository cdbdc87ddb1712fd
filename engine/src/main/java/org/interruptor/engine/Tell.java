package org.interruptor.engine;

import org.agrona.ErrorHandler;

/**
 * The way out to the embedder's code: listener and wake-up callbacks. What they throw goes to the error handler and does no
 * harm, whatever the error handler does. Without a listener it costs one branch.
 */
final class Tell extends Padded {
    private final EngineListener listener;
    private final ErrorHandler errors;

    Tell(EngineListener listener, ErrorHandler errors) {
        this.listener = listener;
        this.errors = errors;
    }

    void injected(int vcpu, InterruptionType type, int parameter, long parameter64) {
        if (listener != null) {
            try {
                listener.onInject(vcpu, type, parameter, parameter64);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    void delivered(int vcpu, InterruptionType type, int parameter, long parameter64) {
        if (listener != null) {
            try {
                listener.onDeliver(vcpu, type, parameter, parameter64);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    void waits(int vcpu) {
        if (listener != null) {
            try {
                listener.onWait(vcpu);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    void waitEnded(int vcpu, WaitOutcome outcome) {
        if (listener != null) {
            try {
                listener.onWaitEnd(vcpu, outcome);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    void fault(LowcoreFault fault) {
        if (listener != null) {
            try {
                listener.onFault(fault);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    /** Calls an embedder's wake-up callback. */
    void wokenUp(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    private void report(Throwable thrown) {
        try {
            errors.onError(thrown);
        } catch (Throwable ignored) {
            // Nobody is left who could be told; the engine goes on.
        }
    }
}
