package org.interruptor.tools.guest.gdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.interruptor.tools.guest.instruction.Debugger;

/**
 * Waits for GDB and gives it the machine, one session after the other.
 *
 * <p>Threads: one makes, starts and closes it. It has a thread of its own, and one more that reads in each session.
 */
public final class GdbServer implements AutoCloseable {
    private static final long FAREWELL_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final ServerSocket listening;
    private final RunControl control;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::serve, "gdb");
    private volatile Event.Ended ended;
    private volatile Socket connection;
    private DebuggedGuest guest;
    private Pause pause;

    /**
     * Begins to listen.
     *
     * @param address where.
     * @param cpus of the machine that {@link #start} will be given.
     * @throws IOException if nothing can listen there.
     */
    public GdbServer(InetSocketAddress address, int cpus) throws IOException {
        listening = new ServerSocket(address.getPort(), 1, address.getAddress());
        control = new RunControl(cpus);
        thread.setDaemon(true);
    }

    /**
     * The port that it listens at.
     *
     * @return 1 to 65535.
     */
    public int port() {
        return listening.getLocalPort();
    }

    /**
     * What the interpreters ask: to be given to the machine when it is made.
     *
     * @return for all CPUs.
     */
    public Debugger debugger() {
        return control;
    }

    /**
     * Lets GDB attach.
     *
     * @param debugged the machine, which does not run yet.
     * @param isWaiting whether no CPU executes an instruction before GDB says so.
     * @throws InterruptedException if the calling thread is interrupted.
     */
    public void start(DebuggedGuest debugged, boolean isWaiting) throws InterruptedException {
        guest = debugged;
        pause = new Pause(debugged.machine());
        control.listener(events::add, pause::guestEnds);
        if (isWaiting) {
            pause.begin();
        }
        thread.start();
    }

    /**
     * The guest has ended: GDB is told, if it is there.
     *
     * @param status the exit status.
     * @throws InterruptedException if the calling thread is interrupted.
     */
    public void end(int status) throws InterruptedException {
        ended = new Event.Ended(status);
        events.add(ended);
        if (connection != null) {
            thread.join(FAREWELL_MILLIS);
        }
    }

    private void serve() {
        while (ended == null) {
            try (Socket socket = listening.accept()) {
                socket.setTcpNoDelay(true);
                connection = socket;
                events.clear();
                if (ended != null) {
                    events.add(ended);
                }
                serve(socket);
            } catch (IOException gone) { // GDB, or the server is closed
                if (listening.isClosed()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } finally {
                connection = null;
            }
        }
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        PacketChannel channel = new PacketChannel(socket.getInputStream(), socket.getOutputStream());
        Thread reader = new Thread(() -> read(channel), "gdb-reader");
        reader.setDaemon(true);
        reader.start();
        try {
            new Session(channel, guest, control, pause, events).run();
        } finally {
            socket.close();
            reader.join();
        }
    }

    private void read(PacketChannel channel) {
        try {
            while (true) {
                events.add(channel.read());
            }
        } catch (IOException gone) {
            events.add(new Event.Gone());
        }
    }

    /** Listens no more, and ends the session. */
    @Override
    public void close() {
        try {
            listening.close();
            Socket socket = connection;
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
