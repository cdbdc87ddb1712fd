package org.interruptor.tools.guest.loader;

import java.io.IOException;

/** A file is no guest that this machine can run; the message says why, in one sentence. */
public final class GuestFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    GuestFormatException(String message) {
        super(message);
    }
}
