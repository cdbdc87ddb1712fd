package org.interruptor.tools.guest.sclp;

/** Where a guest's text goes. Threads: any CPU's, one at a time. */
@FunctionalInterface
public interface Console {
    /**
     * The guest has written.
     *
     * @param text its bytes, as they are.
     */
    void write(byte[] text);
}
