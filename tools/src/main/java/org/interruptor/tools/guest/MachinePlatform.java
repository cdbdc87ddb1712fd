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

/** The machine as its CPUs' instructions see it. */
final class MachinePlatform implements Platform {
    private static final int STATUS_STORED = 1;

    private final CpuActivity activity;
    private final Sclp sclp;
    private final Diagnose diagnose;
    private final ChannelSubsystem channels;
    private final Ending ending;
    private final MachineIdentity identity;
    private final Machine machine;
    private final WideLocks wideLocks = new WideLocks();

    MachinePlatform(
            Machine machine,
            CpuActivity activity,
            Sclp sclp,
            Diagnose diagnose,
            ChannelSubsystem channels,
            MachineIdentity identity,
            Ending ending) {
        this.machine = machine;
        this.identity = identity;
        this.activity = activity;
        this.sclp = sclp;
        this.diagnose = diagnose;
        this.channels = channels;
        this.ending = ending;
    }

    @Override
    public int signalProcessor(Cpu cpu, int order, int address, int statusRegister, long parameter) {
        long answer = activity.signal(cpu.id(), address, order, parameter);
        int cc = Machine.conditionCodeOf(answer);
        if (cc == STATUS_STORED) {
            cpu.gr32(statusRegister, Machine.statusOf(answer));
        }
        return cc;
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
        machine.setClock(value);
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
        cpu.vcpu().handle().exit();
        cpu.leave();
    }
}
