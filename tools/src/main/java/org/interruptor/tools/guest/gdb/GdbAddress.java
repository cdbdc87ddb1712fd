package org.interruptor.tools.guest.gdb;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code [HOST:]PORT}: where to listen for GDB. Threads: any. */
public final class GdbAddress {
    private static final int MAX_PORT = 0xffff;

    /** A host may be an IPv6 address in brackets. */
    private static final Pattern FORM = Pattern.compile("(?:(\\[[^\\]]+\\]|[^:\\[\\]]*):)?([0-9]{1,5})");

    private GdbAddress() {}

    /**
     * The address that a text names.
     *
     * @param text {@code [HOST:]PORT}; the loopback address if there is no host.
     * @return the address.
     * @throws IllegalArgumentException if it names none; the message says why.
     */
    public static InetSocketAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected [HOST:]PORT");
        }
        int port = Integer.parseInt(matcher.group(2));
        if (port > MAX_PORT) {
            throw new IllegalArgumentException("expected a port, 0 to " + MAX_PORT);
        }
        String host = matcher.group(1);
        if (host == null || host.isEmpty()) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no host is called " + host);
        }
    }
}
