package org.interruptor.tools.guest.gdb;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers the packets that ask about the target and change nothing there.
 *
 * <p>Threads: the session's.
 */
final class Queries {
    private static final String NOT_SUPPORTED = "";
    private static final String DESCRIPTION = "qXfer:features:read:target.xml:";
    private static final String EXTRA = "qThreadExtraInfo,";
    private static final String MONITOR = "qRcmd,";

    private final DebuggedGuest guest;
    private final RegisterMap registers;

    Queries(DebuggedGuest guest, RegisterMap registers) {
        this.guest = guest;
        this.registers = registers;
    }

    /** The answer to a packet that begins with q. */
    String answer(String packet, int current) {
        if (packet.startsWith("qSupported")) {
            return "PacketSize=" + Integer.toHexString(PacketChannel.MAX_PAYLOAD)
                    + ";QStartNoAckMode+;qXfer:features:read+;swbreak+;vContSupported+";
        }
        if (packet.startsWith(DESCRIPTION)) {
            return part(registers.description(), packet.substring(DESCRIPTION.length()));
        }
        if (packet.startsWith(EXTRA)) {
            return Hex.of(guest.describe(cpu(packet.substring(EXTRA.length()))));
        }
        if (packet.startsWith(MONITOR)) {
            return monitor(new String(Hex.bytes(packet.substring(MONITOR.length())), StandardCharsets.UTF_8).strip());
        }
        return switch (packet) {
            case "qC" -> "QC" + thread(current);
            case "qAttached" -> "1";
            case "qfThreadInfo" ->
                IntStream.range(0, guest.machine().vcpuCount())
                        .mapToObj(Queries::thread)
                        .collect(Collectors.joining(",", "m", ""));
            case "qsThreadInfo" -> "l";
            case "qSymbol::" -> "OK";
            default -> NOT_SUPPORTED;
        };
    }

    private static String part(String whole, String range) {
        int comma = range.indexOf(',');
        int from = Math.min(Hex.count(range.substring(0, comma)), whole.length());
        int length = Hex.count(range.substring(comma + 1));
        boolean isLast = length >= whole.length() - from;
        return isLast ? "l" + whole.substring(from) : "m" + whole.substring(from, from + length);
    }

    private String monitor(String command) {
        return Hex.of(
                command.equals("explain")
                        ? guest.machine().explain()
                        : "monitor explain: what each CPU does, what is pending and what holds it back\n");
    }

    /** The name of a CPU's thread: its number and 1, since 0 means any. */
    static String thread(int cpu) {
        return Integer.toHexString(cpu + 1);
    }

    /**
     * The CPU of a thread.
     *
     * @throws IllegalArgumentException if there is none.
     */
    int cpu(String thread) {
        int number = Hex.count(thread);
        if (number < 1 || number > guest.machine().vcpuCount()) {
            throw new IllegalArgumentException(thread);
        }
        return number - 1;
    }
}
