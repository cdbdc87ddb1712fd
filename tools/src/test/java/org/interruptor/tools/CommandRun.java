package org.interruptor.tools;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What one run of the command printed, and its exit status. */
public record CommandRun(String out, String err, int status) {

    /** Runs {@code interruptor} with these arguments and empty standard input. */
    public static CommandRun of(String... args) {
        return withInput("", args);
    }

    /** As {@link #of}, with something on standard input. */
    public static CommandRun withInput(String stdin, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        try {
            int status = Main.run(out, err, args);
            return new CommandRun(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), status);
        } finally {
            System.setIn(before);
        }
    }
}
