package org.interruptor.tools.guest.gdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.gdb.RunControl.Mode;

/**
 * One GDB at the machine, from attach to detach.
 *
 * <pre>
 *             attach                       c, s, vCont
 *   running ---------&gt; stopped: commands --------------&gt; running
 *                        ^     `-- D, gone --&gt; running, without breakpoints      |
 *                        '---- interrupt, breakpoint, step done -----------------'
 * </pre>
 *
 * <p>Threads: its own.
 */
final class Session {
    private static final String OK = "OK";
    private static final String WRONG = "E01";
    private static final String NOT_THERE = "E0e"; // EFAULT
    private static final String NOT_SUPPORTED = "";
    private static final int SIGINT = 2;
    private static final int SIGTRAP = 5;
    private static final int MAX_LENGTH = PacketChannel.MAX_PAYLOAD / 2;

    private final PacketChannel channel;
    private final DebuggedGuest guest;
    private final RunControl control;
    private final Pause pause;
    private final BlockingQueue<Event> events;
    private final RegisterMap registers = new RegisterMap();
    private final LogicalStorage storage;
    private final Queries queries;

    private boolean isRunning;
    private boolean isOver;
    private boolean isBreakpointNamed;

    /** The CPU that commands are about, and the one whose stop was reported. */
    private int current;

    private int reported;
    private String stop = "T05thread:1;";

    Session(PacketChannel channel, DebuggedGuest guest, RunControl control, Pause pause, BlockingQueue<Event> events) {
        this.channel = channel;
        this.guest = guest;
        this.control = control;
        this.pause = pause;
        this.events = events;
        storage = new LogicalStorage(guest.machine().storage());
        queries = new Queries(guest, registers);
    }

    /** Until GDB is gone, or the guest has ended. */
    void run() throws IOException, InterruptedException {
        isRunning = !pause.begin();
        while (!isOver) {
            Event event = events.take();
            if (event instanceof Event.Packet packet) {
                answer(packet.payload());
            } else if (event instanceof Event.Interrupt) {
                interrupt();
            } else if (event instanceof Event.Hit hit) {
                stopAt(hit);
            } else if (event instanceof Event.Ended ended) {
                channel.send("W" + Hex.ofByte(ended.status()));
                return;
            } else {
                detach();
            }
        }
    }

    // Stopping and going on.

    private void interrupt() throws IOException, InterruptedException {
        if (isRunning && pause.begin()) {
            stopped(current, SIGINT, false);
        }
    }

    private void stopAt(Event.Hit hit) throws IOException, InterruptedException {
        if (!isRunning || !pause.begin()) {
            return;
        }
        if (guest.cpu(hit.cpu()).registers().pswAddress() != hit.address()) {
            pause.end(); // an interruption was delivered in front of the instruction
            return;
        }
        stopped(hit.cpu(), SIGTRAP, hit.isBreakpoint() && isBreakpointNamed);
    }

    private void stopped(int cpu, int signal, boolean isNamed) throws IOException {
        events.removeIf(Event.Hit.class::isInstance); // others that stand at a breakpoint meet it again
        isRunning = false;
        current = cpu;
        reported = cpu;
        stop = "T" + Hex.ofByte(signal) + "thread:" + Queries.thread(cpu) + ";" + (isNamed ? "swbreak:;" : "");
        channel.send(stop);
    }

    private void resume(Mode[] modes) {
        for (int i = 0; i < modes.length; i++) {
            control.resume(guest.cpu(i), modes[i], i == reported);
        }
        control.begin();
        isRunning = true;
        pause.end();
    }

    private void detach() throws InterruptedException {
        pause.begin();
        control.letGo();
        pause.end();
        isOver = true;
    }

    // Commands.

    private void answer(String packet) throws IOException, InterruptedException {
        String answer;
        try {
            answer = packet.isEmpty() ? NOT_SUPPORTED : command(packet);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            answer = WRONG;
        }
        if (answer != null) {
            channel.send(answer);
        }
        if (packet.equals("QStartNoAckMode")) {
            channel.withoutAcknowledgements();
        }
    }

    /** Carries out a packet; the answer, or null if that comes later. */
    private String command(String packet) throws InterruptedException {
        String rest = packet.substring(1);
        switch (packet.charAt(0)) {
            case 'q' -> {
                isBreakpointNamed |= packet.startsWith("qSupported") && packet.contains("swbreak+");
                return queries.answer(packet, current);
            }
            case 'Q' -> {
                return packet.equals("QStartNoAckMode") ? OK : NOT_SUPPORTED;
            }
            case 'D' -> {
                detach();
                return OK;
            }
            case 'k' -> {
                kill();
                return null;
            }
            default -> {
                return isRunning ? WRONG : whileStopped(packet, rest);
            }
        }
    }

    private void kill() throws InterruptedException {
        guest.endByOperator();
        detach();
    }

    private String whileStopped(String packet, String rest) throws InterruptedException {
        Cpu cpu = guest.cpu(current);
        return switch (packet.charAt(0)) {
            case '?' -> stop;
            case 'H' -> thread(rest);
            case 'T' -> {
                queries.cpu(rest);
                yield OK;
            }
            case 'g' -> registers.getAll(cpu);
            case 'G' -> {
                registers.setAll(cpu, rest);
                yield OK;
            }
            case 'p' -> register(cpu, Hex.count(rest));
            case 'P' -> {
                int equals = rest.indexOf('=');
                registers.set(cpu, Hex.count(rest.substring(0, equals)), rest.substring(equals + 1));
                yield OK;
            }
            case 'm' -> read(cpu, rest);
            case 'M' -> {
                int colon = rest.indexOf(':');
                yield write(cpu, rest.substring(0, colon), Hex.bytes(rest.substring(colon + 1)));
            }
            case 'X' -> {
                int colon = rest.indexOf(':');
                byte[] bytes = rest.substring(colon + 1).getBytes(StandardCharsets.ISO_8859_1);
                yield write(cpu, rest.substring(0, colon), bytes);
            }
            case 'Z', 'z' -> breakpoint(packet);
            case 'c', 's' -> goOn(cpu, packet.charAt(0) == 's', rest);
            case 'v' -> extended(packet);
            default -> NOT_SUPPORTED;
        };
    }

    private String thread(String rest) {
        String thread = rest.substring(1);
        if (!thread.equals("0") && !thread.equals("-1")) {
            int cpu = queries.cpu(thread);
            current = rest.charAt(0) == 'g' ? cpu : current;
        }
        return OK;
    }

    private String register(Cpu cpu, int number) {
        return number < registers.count() ? registers.get(cpu, number) : WRONG;
    }

    private String read(Cpu cpu, String range) {
        int comma = range.indexOf(',');
        long address = Hex.number(range.substring(0, comma));
        int length = Math.min(Hex.count(range.substring(comma + 1)), MAX_LENGTH);
        byte[] bytes = storage.read(cpu.registers(), address, length);
        return bytes.length == 0 && length > 0 ? NOT_THERE : Hex.of(bytes);
    }

    private String write(Cpu cpu, String range, byte[] bytes) {
        int comma = range.indexOf(',');
        long address = Hex.number(range.substring(0, comma));
        if (Hex.count(range.substring(comma + 1)) != bytes.length) {
            return WRONG;
        }
        return storage.write(cpu.registers(), address, bytes) ? OK : NOT_THERE;
    }

    /** Z0 or Z1, set; z0 or z1, remove; address, kind. Both are the same here. */
    private String breakpoint(String packet) {
        if (packet.charAt(1) != '0' && packet.charAt(1) != '1') {
            return NOT_SUPPORTED; // watchpoints
        }
        long address = Hex.number(packet.substring(3, packet.indexOf(',', 3)));
        if (packet.charAt(0) == 'z') {
            control.remove(address);
            return OK;
        }
        return control.add(address) ? OK : WRONG;
    }

    private String goOn(Cpu cpu, boolean isStep, String address) {
        if (!address.isEmpty()) {
            cpu.registers().pswAddress(Hex.number(address));
        }
        Mode[] modes = new Mode[guest.machine().vcpuCount()];
        Arrays.fill(modes, isStep ? Mode.STAND : Mode.GO);
        modes[current] = isStep ? Mode.STEP : Mode.GO;
        resume(modes);
        return null;
    }

    private String extended(String packet) throws InterruptedException {
        if (packet.equals("vCont?")) {
            return "vCont;c;C;s;S";
        }
        if (packet.startsWith("vCont;")) {
            resume(modes(packet.substring("vCont;".length()).split(";")));
            return null;
        }
        if (packet.startsWith("vKill")) {
            kill();
            return OK;
        }
        return NOT_SUPPORTED;
    }

    /** For each CPU the first action that is for it; one without any stands. */
    private Mode[] modes(String[] actions) {
        Mode[] modes = new Mode[guest.machine().vcpuCount()];
        for (String action : actions) {
            int colon = action.indexOf(':');
            String thread = colon < 0 ? "-1" : action.substring(colon + 1);
            Mode mode = switch (action.charAt(0)) {
                case 'c', 'C' -> Mode.GO;
                case 's', 'S' -> Mode.STEP;
                default -> throw new IllegalArgumentException(action);
            };
            boolean isAll = thread.equals("-1") || thread.equals("0");
            int only = isAll ? 0 : queries.cpu(thread);
            for (int i = 0; i < modes.length; i++) {
                if (modes[i] == null && (isAll || i == only)) {
                    modes[i] = mode;
                }
            }
        }
        for (int i = 0; i < modes.length; i++) {
            modes[i] = modes[i] == null ? Mode.STAND : modes[i];
        }
        return modes;
    }
}
