package org.interruptor.tools.guest.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** As much of GDB as the tests need. */
final class GdbClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    GdbClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    void raw(String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    static String packet(String payload) {
        int sum = payload.chars().sum() & 0xff;
        return "$" + payload + "#" + Hex.ofByte(sum);
    }

    void send(String payload) throws IOException {
        raw(packet(payload));
    }

    int next() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    /** The next packet's payload; it is acknowledged. */
    String receive() throws IOException {
        int next = next();
        while (next != '$') {
            assertThat(next).isEqualTo('+');
            next = next();
        }
        StringBuilder payload = new StringBuilder();
        for (next = next(); next != '#'; next = next()) {
            payload.append((char) (next == '}' ? next() ^ 0x20 : next));
        }
        next();
        next();
        raw("+");
        return payload.toString();
    }

    String ask(String payload) throws IOException {
        send(payload);
        return receive();
    }

    long register(int number) throws IOException {
        return Hex.number(ask("p" + Integer.toHexString(number)));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
