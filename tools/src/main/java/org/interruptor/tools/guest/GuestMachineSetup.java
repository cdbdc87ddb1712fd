package org.interruptor.tools.guest;

import java.nio.file.Path;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.tools.guest.diagnose.Measurement;
import org.interruptor.tools.guest.instruction.Debugger;
import org.interruptor.tools.guest.instruction.Tracer;
import org.interruptor.tools.guest.sclp.Console;

/**
 * What a {@link GuestMachine} consists of. Threads: one.
 */
public final class GuestMachineSetup {
    private int cpus = 1;
    private long memory = 64L << 20;
    private Console console = text -> {};
    private long deviceIntervalNanos;
    private WaitStrategy waitStrategy = WaitStrategy.spinThenPark(100);
    private EngineListener listener = new EngineListener() {};
    private Tracer tracer;
    private Debugger debugger;
    private Measurement measurement;
    private Path countersFile;
    private boolean isReloaded = true;

    /** One CPU, 64 MiB, a console that nobody reads. */
    public GuestMachineSetup() {}

    /**
     * How many CPUs there are; 1 if not set.
     *
     * @param count 1 to what the engine allows.
     * @return this.
     */
    public GuestMachineSetup cpus(int count) {
        cpus = count;
        return this;
    }

    /**
     * How much storage there is; 64 MiB if not set.
     *
     * @param bytes a multiple of 4096.
     * @return this.
     */
    public GuestMachineSetup memory(long bytes) {
        memory = bytes;
        return this;
    }

    /**
     * Where the guest's text goes.
     *
     * @param output the console.
     * @return this.
     */
    public GuestMachineSetup console(Console output) {
        console = output;
        return this;
    }

    /**
     * How fast the test device is, until the guest sets it.
     *
     * @param nanos between two completions at least; 0, if not set: as fast as it can.
     * @return this.
     */
    public GuestMachineSetup deviceInterval(long nanos) {
        deviceIntervalNanos = nanos;
        return this;
    }

    /**
     * How CPUs wait; as the engine's default if not set.
     *
     * @param strategy the strategy.
     * @return this.
     */
    public GuestMachineSetup waitStrategy(WaitStrategy strategy) {
        waitStrategy = strategy;
        return this;
    }

    /**
     * Who is told what the engine does, besides the machine itself.
     *
     * @param engineListener the listener.
     * @return this.
     */
    public GuestMachineSetup listener(EngineListener engineListener) {
        listener = engineListener;
        return this;
    }

    /**
     * Who is told each instruction; nobody if not set.
     *
     * @param instructionTracer the tracer.
     * @return this.
     */
    public GuestMachineSetup tracer(Tracer instructionTracer) {
        tracer = instructionTracer;
        return this;
    }

    /**
     * Who is asked before each instruction; nobody if not set.
     *
     * @param who stops CPUs.
     * @return this.
     */
    public GuestMachineSetup debugger(Debugger who) {
        debugger = who;
        return this;
    }

    /**
     * Who measures what the guest sees; nobody if not set.
     *
     * @param who is asked and told by the guest.
     * @return this.
     */
    public GuestMachineSetup measurement(Measurement who) {
        measurement = who;
        return this;
    }

    /**
     * Where the engine keeps its counters, for {@code interruptor top}; in memory if not set.
     *
     * @param file the file, which is made.
     * @return this.
     */
    public GuestMachineSetup countersFile(Path file) {
        countersFile = file;
        return this;
    }

    /**
     * Whether a guest that asks to be loaded again is; if not set, it is.
     *
     * @param isLoaded false: the guest ends there.
     * @return this.
     */
    public GuestMachineSetup reloaded(boolean isLoaded) {
        isReloaded = isLoaded;
        return this;
    }

    boolean isReloaded() {
        return isReloaded;
    }

    int cpus() {
        return cpus;
    }

    long memory() {
        return memory;
    }

    Console console() {
        return console;
    }

    long deviceIntervalNanos() {
        return deviceIntervalNanos;
    }

    WaitStrategy waitStrategy() {
        return waitStrategy;
    }

    EngineListener listener() {
        return listener;
    }

    Tracer tracer() {
        return tracer;
    }

    Debugger debugger() {
        return debugger;
    }

    Measurement measurement() {
        return measurement;
    }

    Path countersFile() {
        return countersFile;
    }
}
