package org.interruptor.tools.guest.virtio;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a stream of the host's and types what it reads into a console, at the guest's pace.
 *
 * <p>Threads: one of its own, which ends with the stream. It is a daemon, since a read from a terminal cannot be ended from
 * outside.
 */
public final class InputPump {
    private static final int CHUNK = 1024;

    private InputPump() {}

    /**
     * Starts to read.
     *
     * @param in the stream.
     * @param console where it goes.
     * @return the thread.
     */
    public static Thread start(InputStream in, ConsoleDevice console) {
        Thread thread = new Thread(() -> run(in, console), "console-input");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void run(InputStream in, ConsoleDevice console) {
        byte[] bytes = new byte[CHUNK];
        try {
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                for (int done = 0; done < length; ) {
                    console.awaitRoom();
                    done += console.type(bytes, done, length - done);
                }
            }
        } catch (IOException e) {
            // The terminal is gone: there is no more input, as at its end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
