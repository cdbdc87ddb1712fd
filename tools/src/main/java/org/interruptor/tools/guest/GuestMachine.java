package org.interruptor.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.interruptor.engine.Machine;
import org.interruptor.engine.MachineBuilder;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.channel.ChannelSubsystem;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.MachineIdentity;
import org.interruptor.tools.guest.cpu.MainStorage;
import org.interruptor.tools.guest.cpu.Platform;
import org.interruptor.tools.guest.device.TestDevice;
import org.interruptor.tools.guest.diagnose.Diagnose;
import org.interruptor.tools.guest.diagnose.Watchdog;
import org.interruptor.tools.guest.gdb.DebuggedGuest;
import org.interruptor.tools.guest.instruction.Debugger;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.GuestFormatException;
import org.interruptor.tools.guest.loader.GuestImage;
import org.interruptor.tools.guest.loader.InitialPsw;
import org.interruptor.tools.guest.sclp.ConsoleInput;
import org.interruptor.tools.guest.sclp.Sclp;
import org.interruptor.tools.guest.virtio.DriverNotification;

/**
 * A machine with one guest: storage, CPUs, console, test device. It runs once.
 *
 * <p>The guest has ended when each CPU is stopped or in a disabled wait, when it cannot go on, or when its time is up. The
 * lowest CPU that is in a disabled wait which does not say "done" decides how the first of these is called.
 *
 * <p>Threads: one sets up, runs and looks at what is left; the CPUs have theirs.
 */
public final class GuestMachine implements DebuggedGuest, AutoCloseable {
    private final GuestMemory storage;
    private final Machine machine;
    private final CpuActivity activity;
    private final TestDevice device;
    private final Watchdog watchdog;
    private final Debugger debugger;
    private final ConsoleInput input = new ConsoleInput();
    private final ChannelSubsystem channels;
    private final List<Processor> processors = new ArrayList<>();
    private final Ending ending = new Ending(this::explain);
    private final GuestProgram program;

    /**
     * A machine without a guest, all CPUs stopped.
     *
     * @param setup what it consists of.
     */
    public GuestMachine(GuestMachineSetup setup) {
        debugger = setup.debugger();
        MachineEvents events = new MachineEvents(setup.listener());
        storage = GuestMemory.allocate(setup.memory());
        MachineBuilder builder = Machine.builder(storage)
                .vcpus(setup.cpus())
                .stopped()
                .ioSources(ChannelSubsystem.MOST_SUBCHANNELS)
                .waitStrategy(setup.waitStrategy())
                .listener(events)
                .errorHandler(ending::failed);
        if (setup.countersFile() != null) {
            builder.countersFile(setup.countersFile());
        }
        machine = builder.build();
        activity = new CpuActivity(machine, this::halted);
        Sclp sclp = new Sclp(machine, setup.console(), input);
        device = new TestDevice(machine);
        device.interval(setup.deviceIntervalNanos());
        events.parts(sclp, device);
        channels = new ChannelSubsystem(machine, ending::failed);
        watchdog = new Watchdog(activity::restart);
        MainStorage main = new MainStorage(storage, setup.cpus());
        program = new GuestProgram(main, ending, setup.isReloaded());
        MachineReset reset = new MachineReset(machine, activity, program, () -> {
            sclp.reset();
            device.reset();
            watchdog.reset();
            channels.reset();
        });
        Platform platform = new MachinePlatform(
                machine,
                activity,
                sclp,
                new Diagnose(device, setup.measurement(), watchdog, reset, new DriverNotification(channels)::notify),
                channels,
                MachineIdentity.of(setup.cpus()),
                ending);
        for (int i = 0; i < setup.cpus(); i++) {
            Cpu cpu = new Cpu(machine.vcpu(i).bind(), platform, main);
            cpu.registers().initialReset();
            cpu.vcpu().unbind(); // its thread binds it
            processors.add(new Processor(cpu, activity, reset, ending, setup));
        }
    }

    @Override
    public String describe(int number) {
        return "CPU " + number + ", " + state(number).label();
    }

    /**
     * The engine's machine, for whoever injects.
     *
     * @return the machine.
     */
    @Override
    public Machine machine() {
        return machine;
    }

    /**
     * What is typed on the console.
     *
     * @return takes it for the guest.
     */
    public ConsoleInput input() {
        return input;
    }

    /** Ends the guest as the operator does; it counts as done. Threads: any. */
    @Override
    public void endByOperator() {
        ending.end(new GuestEnd(GuestEnd.Reason.DONE, "the operator has ended the guest"));
    }

    /**
     * A CPU, to be looked at when the guest has ended.
     *
     * @param number 0 to the number of CPUs less 1.
     * @return its registers and storage.
     */
    @Override
    public Cpu cpu(int number) {
        return processors.get(number).cpu();
    }

    /**
     * What a CPU does.
     *
     * @param number 0 to the number of CPUs less 1.
     * @return its state.
     */
    public CpuState state(int number) {
        return activity.state(number);
    }

    /**
     * Loads a guest, starts the first CPU as IPL does, and runs to the end.
     *
     * @param image the guest.
     * @param timeout after which it counts as stuck; null for never.
     * @return how it ended.
     * @throws GuestFormatException if it does not fit the storage.
     * @throws InterruptedException if the calling thread is interrupted; the guest is ended then.
     */
    public GuestEnd run(GuestImage image, Duration timeout) throws GuestFormatException, InterruptedException {
        return run(image, BootParameters.none(), timeout);
    }

    /**
     * The same, with an initrd or a command line.
     *
     * @param image the guest.
     * @param parameters what else it is given.
     * @param timeout after which it counts as stuck; null for never.
     * @return how it ended.
     * @throws GuestFormatException if it does not fit the storage, or does not take the parameters.
     * @throws InterruptedException if the calling thread is interrupted; the guest is ended then.
     */
    public GuestEnd run(GuestImage image, BootParameters parameters, Duration timeout)
            throws GuestFormatException, InterruptedException {
        InitialPsw psw = program.load(image, parameters);
        Cpu first = cpu(0);
        first.registers().psw(psw.mask(), psw.address());
        activity.operate(0);
        first.vcpu().handle().start();
        List<Thread> threads = new ArrayList<>();
        for (Processor processor : processors) {
            threads.add(processor.start());
        }
        GuestEnd end;
        try {
            end = ending.await(timeout);
        } finally {
            if (debugger != null) {
                debugger.guestEnds();
            }
            processors.forEach(Processor::comeOut);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return end.reason() == GuestEnd.Reason.STUCK ? new GuestEnd(end.reason(), end.message() + registers()) : end;
    }

    /** What each CPU does, and what is pending. Threads: any. */
    private String explain() {
        return AlikeCpus.fold(machine.explain());
    }

    /** Where each CPU was and what it had, a line each. When their threads have ended. */
    private String registers() {
        StringBuilder lines = new StringBuilder();
        for (Processor processor : processors) {
            lines.append(processor.registers()).append('\n');
        }
        return AlikeCpus.fold(lines.toString()) + String.format(Locale.ROOT, "TOD clock %016x%n", cpu(0).clock());
    }

    /** No CPU operates any more, and none will. Under the lock of the activity, which has published the PSWs. */
    private void halted() {
        GuestEnd end = new GuestEnd(GuestEnd.Reason.DONE, "the guest is done");
        for (int i = processors.size() - 1; i >= 0; i--) {
            if (activity.state(i) == CpuState.DISABLED_WAIT) {
                GuestEnd there = GuestEnd.atDisabledWait(i, cpu(i).registers().pswAddress());
                end = there.reason() == GuestEnd.Reason.DONE ? end : there;
            }
        }
        ending.end(end);
    }

    /**
     * The channel subsystem, to which devices can be added before the guest runs.
     *
     * @return the subsystem.
     */
    public ChannelSubsystem channels() {
        return channels;
    }

    /** Ends devices and watchdog, and closes machine and storage. */
    @Override
    public void close() {
        channels.close();
        device.close();
        watchdog.close();
        machine.close();
        storage.close();
    }
}
