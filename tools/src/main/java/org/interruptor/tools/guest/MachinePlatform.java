package org.interruptor.tools.guest;

import org.interruptor.tools.guest.channel.ChannelSubsystem;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Platform;
import org.interruptor.tools.guest.sclp.Sclp;
import org.interruptor.tools.guest.sigp.SignalProcessor;

/** The machine as its CPUs' instructions see it. */
final class MachinePlatform implements Platform {
    private final SignalProcessor signals;
    private final Sclp sclp;
    private final Diagnose diagnose;
    private final ChannelSubsystem channels;
    private final Ending ending;

    MachinePlatform(SignalProcessor signals, Sclp sclp, Diagnose diagnose, ChannelSubsystem channels, Ending ending) {
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
    public ChannelSubsystem channels() {
        return channels;
    }

    @Override
    public void cannotGoOn(Cpu cpu, String why) {
        ending.end(new GuestEnd(
                GuestEnd.Reason.IMPOSSIBLE,
                String.format(
                        "vCPU %d cannot go on, PSW %016x %016x: %s",
                        cpu.id(), cpu.registers().pswMask(), cpu.registers().pswAddress(), why)));
        cpu.leave();
    }

    @Override
    public void stuck(Cpu cpu, String why) {
        ending.stuck("vCPU " + cpu.id() + " is stuck: " + why);
        cpu.leave();
    }
}
