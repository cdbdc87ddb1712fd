package org.interruptor.tools.guest;

import java.util.Locale;
import org.interruptor.engine.Machine;
import org.interruptor.tools.guest.channel.ChannelSubsystem;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.MachineIdentity;
import org.interruptor.tools.guest.cpu.Platform;
import org.interruptor.tools.guest.cpu.WideLocks;
import org.interruptor.tools.guest.diagnose.Diagnose;
import org.interruptor.tools.guest.sclp.Sclp;
import org.interruptor.tools.guest.sigp.SignalProcessor;

/** The machine as its CPUs' instructions see it. */
final class MachinePlatform implements Platform {
    private final SignalProcessor signals;
    private final Sclp sclp;
    private final Diagnose diagnose;
    private final ChannelSubsystem channels;
    private final Ending ending;
    private final MachineIdentity identity;
    private final GuestClock clock;
    private final Machine machine;
    private final WideLocks wideLocks = new WideLocks();

    MachinePlatform(
            Machine machine,
            GuestClock clock,
            SignalProcessor signals,
            Sclp sclp,
            Diagnose diagnose,
            ChannelSubsystem channels,
            MachineIdentity identity,
            Ending ending) {
        this.machine = machine;
        this.clock = clock;
        this.identity = identity;
        this.signals = signals;
        this.sclp = sclp;
        this.diagnose = diagnose;
        this.channels = channels;
        this.ending = ending;
    }

    @Override
    public int signalProcessor(Cpu cpu, int order, int address, int statusRegister, long parameter) {
        return signals.signal(cpu, order, address, statusRegister, parameter);
    }

    @Override
    public int serviceCall(Cpu cpu, int command, long sccb) {
        return sclp.call(cpu, command, sccb);
    }

    @Override
    public int diagnose(Cpu cpu, int code, int r1, int r3) {
        return diagnose.diagnose(cpu, code, r1, r3);
    }

    @Override
    public MachineIdentity identity() {
        return identity;
    }

    @Override
    public WideLocks wideLocks() {
        return wideLocks;
    }

    @Override
    public void setClock(long value) {
        clock.set(value);
        for (int i = 0; i < identity.cpus(); i++) {
            machine.vcpu(i).kick(); // its clock comparator may be due now, or later than it waits for
        }
    }

    @Override
    public ChannelSubsystem channels() {
        return channels;
    }

    @Override
    public void cannotGoOn(Cpu cpu, String why) {
        ending.end(new GuestEnd(
                GuestEnd.Reason.IMPOSSIBLE,
                String.format(
                        Locale.ROOT,
                        "vCPU %d cannot go on, PSW %016x %016x: %s",
                        cpu.id(),
                        cpu.registers().pswMask(),
                        cpu.registers().pswAddress(),
                        why)));
        cpu.leave();
    }

    @Override
    public void stuck(Cpu cpu, String why) {
        ending.stuck("vCPU " + cpu.id() + " is stuck: " + why);
        cpu.leave();
    }
}
