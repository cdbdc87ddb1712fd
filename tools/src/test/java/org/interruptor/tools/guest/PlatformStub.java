package org.interruptor.tools.guest;

import org.interruptor.tools.guest.channel.ChannelSubsystem;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.MachineIdentity;
import org.interruptor.tools.guest.cpu.Platform;
import org.interruptor.tools.guest.cpu.WideLocks;

/** A machine around one CPU that has nothing. */
public final class PlatformStub implements Platform {
    private final WideLocks wideLocks = new WideLocks();
    private ChannelSubsystem channels;

    @Override
    public int signalProcessor(Cpu cpu, int order, int address, int statusRegister, long parameter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int serviceCall(Cpu cpu, int command, long sccb) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int diagnose(Cpu cpu, int code, int r1, int r3) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MachineIdentity identity() {
        return MachineIdentity.of(1);
    }

    @Override
    public WideLocks wideLocks() {
        return wideLocks;
    }

    @Override
    public void setClock(long value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelSubsystem channels() {
        return channels;
    }

    /** Gives it a channel subsystem. */
    public PlatformStub with(ChannelSubsystem newChannels) {
        channels = newChannels;
        return this;
    }

    @Override
    public void cannotGoOn(Cpu cpu, String why) {
        throw new UnsupportedOperationException(why);
    }
}
