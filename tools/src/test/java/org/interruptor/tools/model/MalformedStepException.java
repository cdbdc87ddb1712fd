package org.interruptor.tools.model;

/** A step that ends the replay with exit status 2; the message says what is wrong and what was expected. */
final class MalformedStepException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedStepException(String wrong, String expected) {
        super(wrong + ", expected " + expected);
    }
}
