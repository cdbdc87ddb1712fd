package org.interruptor.tools.guest.console;

import java.io.IOException;
import java.io.InputStream;
import org.interruptor.tools.guest.sclp.ConsoleInput;

/**
 * Types for the guest what comes on standard input. On a terminal Ctrl-A is the escape: with x it ends the guest, with Ctrl-A it is
 * Ctrl-A itself; with anything else both are typed. What comes from a file or a pipe is typed as it is.
 *
 * <p>Nothing is read, and the terminal stays as it is, until the guest takes input.
 *
 * <p>Threads: {@link #begin} any; its own reads; {@link #close} when the guest has ended.
 */
public final class Keyboard implements AutoCloseable {
    private static final byte ESCAPE = 0x01;
    private static final byte END = 'x';
    private static final int BUFFER = 1024;

    private final InputStream in;
    private final ConsoleInput guest;
    private final Runnable end;
    private RawMode mode;
    private boolean isClosed;
    private boolean isEscaped;

    /**
     * A keyboard that is not read yet.
     *
     * @param in standard input.
     * @param guest takes what is typed.
     * @param end ends the guest.
     */
    public Keyboard(InputStream in, ConsoleInput guest, Runnable end) {
        this.in = in;
        this.guest = guest;
        this.end = end;
    }

    /** Begins to read. */
    public void begin() {
        Thread thread = new Thread(this::run, "keyboard");
        thread.setDaemon(true); // reading cannot be interrupted
        thread.start();
    }

    private void run() {
        boolean isTerminal = enterMode();
        byte[] bytes = new byte[BUFFER];
        try {
            int length = in.read(bytes);
            while (length >= 0) {
                if (isTerminal) {
                    typed(bytes, length);
                } else {
                    guest.type(bytes, 0, length);
                }
                length = in.read(bytes);
            }
        } catch (IOException e) {
            // nothing more can be typed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean enterMode() {
        if (!isClosed) {
            mode = RawMode.enter();
        }
        return mode != null;
    }

    /** What is typed on a terminal. */
    void typed(byte[] bytes, int length) throws InterruptedException {
        byte[] out = new byte[2 * length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            byte key = bytes[i];
            if (isEscaped) {
                isEscaped = false;
                if (key == END) {
                    end.run();
                    return;
                }
                out[count++] = ESCAPE;
                if (key != ESCAPE) {
                    out[count++] = key;
                }
            } else if (key == ESCAPE) {
                isEscaped = true;
            } else {
                out[count++] = key;
            }
        }
        guest.type(out, 0, count);
    }

    /** Gives the terminal back as it was. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (mode != null) {
            mode.close();
        }
    }
}
