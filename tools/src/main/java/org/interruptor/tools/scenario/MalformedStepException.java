package org.interruptor.tools.scenario;

/** A step that ends the replay; the message says what is wrong and what was expected, on one line. */
final class MalformedStepException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedStepException(String wrong, String expected) {
        super(wrong + ", expected " + expected, null, false, false);
    }
}
