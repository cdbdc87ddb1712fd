package org.interruptor.engine;

import java.nio.file.Path;
import java.util.stream.IntStream;
import net.openhft.chronicle.core.Maths;
import org.agrona.ErrorHandler;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuGauge;
import org.interruptor.memory.AgronaAccess;
import org.interruptor.memory.GuestMemory;

/**
 * Sets up a {@link Machine}. Threads: one.
 *
 * <p>Each setter throws an IllegalArgumentException, and changes nothing, if its value is out of range.
 */
public final class MachineBuilder {
    /** Places in the floating queue, if not set. */
    public static final int DEFAULT_FLOATING_CAPACITY = 4096;

    /** Places in each local queue, if not set. */
    public static final int DEFAULT_LOCAL_CAPACITY = 1024;

    /** A system property: {@code true} builds machines in the checked mode, {@link #checked}. */
    public static final String CHECKED_PROPERTY = "interruptor.checked";

    /** I/O interruption sources, if not set. */
    public static final int DEFAULT_IO_SOURCES = 1024;

    private static final int MAX_CAPACITY = 1 << 24;
    private static final long LEAST_TIMER_NANOS = 1_000;
    private static final long MOST_TIMER_NANOS = 1_000_000_000;

    private final GuestMemory storage;
    private int vcpus = 1;
    private int floatingCapacity = DEFAULT_FLOATING_CAPACITY;
    private int localCapacity = DEFAULT_LOCAL_CAPACITY;
    private TodClock clock;
    private WaitStrategy waitStrategy = WaitStrategy.spinThenPark(100);
    private EngineListener listener;
    private ErrorHandler errorHandler = MachineBuilder::uncaught;
    private Path countersFile;
    private Path latencyLog;
    private Rules rules = Rules.ARCHITECTURE;
    private boolean stopped;
    private long timerNanos;
    private int[] cpuAddresses;
    private int ioSources = DEFAULT_IO_SOURCES;
    private boolean checked = Boolean.getBoolean(CHECKED_PROPERTY);

    MachineBuilder(GuestMemory storage) {
        this.storage = notNull(storage, "storage");
    }

    private static void uncaught(Throwable thrown) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
    }

    private static <T> T notNull(T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + "=null: expected one");
        }
        return value;
    }

    private static int inRange(int value, String name, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + ": expected " + least + " to " + most);
        }
        return value;
    }

    private static int capacity(int value, String name) {
        inRange(value, name, 2, MAX_CAPACITY);
        if (!Maths.isPowerOf2(value)) {
            throw new IllegalArgumentException(name + "=" + value + ": expected a power of two");
        }
        return value;
    }

    /**
     * Sets the number of vCPUs. Default: 1.
     *
     * @param count 0 to {@link Machine#MAX_VCPUS}.
     * @return this.
     */
    public MachineBuilder vcpus(int count) {
        vcpus = inRange(count, "vcpus", 0, Machine.MAX_VCPUS);
        return this;
    }

    /**
     * Sets the capacity of the floating queue. Default: {@value #DEFAULT_FLOATING_CAPACITY}.
     *
     * @param capacity a power of two, 2 to 2^24.
     * @return this.
     */
    public MachineBuilder floatingCapacity(int capacity) {
        floatingCapacity = capacity(capacity, "floatingCapacity");
        return this;
    }

    /**
     * Sets the capacity of each vCPU's queue of program, stop, set-prefix and restart interruptions. Default: {@value
     * #DEFAULT_LOCAL_CAPACITY}. Emergency signals take no place.
     *
     * @param capacity a power of two, 2 to 2^24.
     * @return this.
     */
    public MachineBuilder localCapacity(int capacity) {
        localCapacity = capacity(capacity, "localCapacity");
        return this;
    }

    /**
     * Sets the clock. Default: {@link TodClock#system()}.
     *
     * @param todClock the clock.
     * @return this.
     */
    public MachineBuilder clock(TodClock todClock) {
        clock = notNull(todClock, "clock");
        return this;
    }

    /**
     * Sets how waiting vCPUs spin and park. Default: {@code spinThenPark(100)}.
     *
     * @param strategy the strategy, shared by all vCPUs.
     * @return this.
     */
    public MachineBuilder waitStrategy(WaitStrategy strategy) {
        waitStrategy = notNull(strategy, "waitStrategy");
        return this;
    }

    /**
     * Sets the receiver of the engine's events. Default: none.
     *
     * @param engineListener the listener.
     * @return this.
     */
    public MachineBuilder listener(EngineListener engineListener) {
        listener = notNull(engineListener, "listener");
        return this;
    }

    /**
     * Sets the handler of exceptions that the embedder's listener and wake-up callbacks throw. Default: the uncaught-exception
     * handler of the thread on which the callback ran.
     *
     * <p>The type is Agrona's, as guest storage is: an embedder can pass its {@link org.agrona.concurrent.errors.DistinctErrorLog
     * DistinctErrorLog} by way of a {@link org.agrona.concurrent.errors.LoggingErrorHandler LoggingErrorHandler}, or a lambda.
     *
     * <p>Threads: the handler is called on the thread on which the callback ran.
     *
     * @param handler the handler; what it throws itself is dropped.
     * @return this.
     */
    public MachineBuilder errorHandler(ErrorHandler handler) {
        errorHandler = notNull(handler, "errorHandler");
        return this;
    }

    /**
     * Puts the counters into a file that other processes can read while the machine runs, with {@link MachineCounters},
     * {@code interruptor top}, or tools that know Agrona; in memory only if not set.
     *
     * <p>Counting costs the same either way. A daemon thread copies the gauges ten times a second ({@link VcpuGauge}, {@link
     * MachineGauge}); it ends with the machine. The file is created when the machine is built. It replaces a counters file of
     * the same name; any other file of that name is an error. It stays after the machine is closed, marked as closed. Do not
     * shorten it while the machine runs; deleting it does no harm.
     *
     * @param file the path; a file system in memory, such as {@code /dev/shm}, avoids writes to a disk.
     * @return this.
     */
    public MachineBuilder countersFile(Path file) {
        countersFile = notNull(file, "countersFile");
        return this;
    }

    /**
     * Records how long each interruption takes from injection to delivery, and writes the times to a file; not recorded if not set.
     *
     * <p>The file is a histogram log, as HdrHistogram's tools and {@code interruptor top} read it, in nanoseconds. It has a line each
     * second for each vCPU and class of which something was delivered, with the tag {@code CLASS/vcpu-N}; {@link Machine#close} writes the
     * rest. A file that has the name already is replaced.
     *
     * <p>An injection and a delivery read {@link System#nanoTime} once more each, and allocate nothing for it. Histograms take some 60 KiB
     * for each vCPU and class, from the start. Interruptions that the queue does not hold one by one (emergency signals, conditions,
     * orders) have the time of the first that waits; orders of SIGNAL PROCESSOR, and program interruptions that the vCPU raises
     * itself, have none.
     *
     * @param file where.
     * @return this.
     */
    public MachineBuilder latencyLog(Path file) {
        latencyLog = notNull(file, "latencyLog");
        return this;
    }

    /**
     * The rules that the machine follows.
     *
     * @param machineRules initially {@link Rules#ARCHITECTURE}.
     * @return this.
     */
    public MachineBuilder rules(Rules machineRules) {
        rules = notNull(machineRules, "rules");
        return this;
    }

    /**
     * The CPUs are stopped from the start; otherwise they operate.
     *
     * @return this.
     */
    public MachineBuilder stopped() {
        stopped = true;
        return this;
    }

    /**
     * The CPU addresses, if they are not the numbers of the vCPUs.
     *
     * @param addresses one for each vCPU, 0 to 0xffff, ascending.
     * @return this.
     */
    public MachineBuilder cpuAddresses(int... addresses) {
        for (int i = 0; i < addresses.length; i++) {
            inRange(addresses[i], "cpuAddresses[" + i + "]", i == 0 ? 0 : addresses[i - 1] + 1, 0xffff);
        }
        cpuAddresses = addresses.clone();
        return this;
    }

    /**
     * How many subchannels can have an I/O interruption source; each takes two to four places of 12 bytes in
     * each of eight rings.
     *
     * @param count 1 to 65,536.
     * @return this.
     */
    public MachineBuilder ioSources(int count) {
        ioSources = inRange(count, "ioSources", 1, 1 << 16);
        return this;
    }

    /**
     * The machine has one thread that sets the attention of a vCPU which executes guest code with an open timer that is due: clock
     * comparator or CPU timer. Guest code need not read the clock then. Without it, which is the default, ask {@link Vcpu#nanosToTimer}.
     *
     * @param mostNanosLate the longest time between two looks, 1,000 to 1,000,000,000. A timer that was set or opened longer than
     *     this before it is due is seen when it is due, as exactly as the host's timers are; others are seen this late at most.
     * @return this.
     */
    public MachineBuilder timerThread(long mostNanosLate) {
        if (mostNanosLate < LEAST_TIMER_NANOS || mostNanosLate > MOST_TIMER_NANOS) {
            throw new IllegalArgumentException(
                    "mostNanosLate=" + mostNanosLate + ": expected " + LEAST_TIMER_NANOS + " to " + MOST_TIMER_NANOS);
        }
        timerNanos = mostNanosLate;
        return this;
    }

    Rules rules() {
        return rules;
    }

    boolean isStopped() {
        return stopped;
    }

    int[] cpuAddresses() {
        return cpuAddresses == null ? IntStream.range(0, vcpus).toArray() : cpuAddresses;
    }

    int ioSources() {
        return rules == Rules.ARCHITECTURE ? ioSources : 0;
    }

    /**
     * Whether the machine reports misuse that would otherwise be silently wrong: a vCPU used on a thread that has not bound it,
     * registers changed in a callback wait, a PSW or control register set past {@link Vcpu#loadPsw} and {@link
     * Vcpu#loadControl}. For development and tests; it costs some nanoseconds a call. Initially by the system property {@value
     * #CHECKED_PROPERTY}.
     *
     * @param isChecked whether each misuse throws an {@link IllegalStateException}.
     * @return this.
     */
    public MachineBuilder checked(boolean isChecked) {
        checked = isChecked;
        return this;
    }

    boolean isChecked() {
        return checked;
    }

    /**
     * Builds the machine. All vCPUs are operating, all registers 0 but the clock comparators, which are all ones.
     *
     * @return a new machine.
     * @throws IllegalStateException if the JVM was started without the flag that Agrona needs; the message names it.
     * @throws java.io.UncheckedIOException if the counters file cannot be made; the message names it and says why.
     */
    public Machine build() {
        AgronaAccess.check();
        if (clock == null) {
            clock = TodClock.system();
        }
        if (cpuAddresses != null && cpuAddresses.length != vcpus) {
            throw new IllegalArgumentException(
                    "cpuAddresses: " + cpuAddresses.length + " for " + vcpus + " vCPUs, expected one for each");
        }
        Machine machine = new Machine(this);
        machine.startSampling();
        if (timerNanos != 0) {
            TimerThread.start(machine, timerNanos);
        }
        return machine;
    }

    GuestMemory storage() {
        return storage;
    }

    int vcpus() {
        return vcpus;
    }

    int floatingCapacity() {
        return floatingCapacity;
    }

    int localCapacity() {
        return localCapacity;
    }

    TodClock clock() {
        return clock;
    }

    WaitStrategy waitStrategy() {
        return waitStrategy;
    }

    Path countersFile() {
        return countersFile;
    }

    Path latencyLog() {
        return latencyLog;
    }

    EngineListener listener() {
        return listener;
    }

    ErrorHandler errorHandler() {
        return errorHandler;
    }
}
