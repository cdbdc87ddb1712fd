package org.interruptor.engine;

import java.util.List;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.queue.PswLoad;

/**
 * What a vCPU has under architecture rules beside a {@link SavedVcpu}.
 *
 * @param state CPU state, order and reset in progress, and the order's parameter: a word of {@code CpuState}.
 * @param load the PSW of the order that loads one; null if that is not the order in progress.
 * @param cpuTimer TOD units, signed.
 * @param isTimerRunning whether the CPU timer runs.
 * @param isListed whether it is in the rotation: a CPU that was restarted is not before its next pass.
 * @param announced what no pass has taken out of the mailbox: orders, timers.
 * @param handedOn the floating gates whose head it has handed on to a running vCPU.
 * @param hinted the floating gates for whose head it has set the hint again.
 * @param externalCall the sender's number; -1 if none is pending.
 * @param ones conditions of which one can be pending.
 * @param measurement its parameter bits; null if none is pending.
 * @param pageFault the token of the page-fault initial; null if none is pending.
 * @param machineCheck what is pending; null if nothing is.
 * @param malfunctions numbers of the senders of malfunction alerts, ascending.
 * @param emergencies numbers of the senders of emergency signals, ascending.
 * @param program the own program interruption that is raised, as its fields; empty if none is.
 */
record SavedCpu(
        long state,
        PswLoad.Psw load,
        long cpuTimer,
        boolean isTimerRunning,
        boolean isListed,
        int announced,
        int handedOn,
        int hinted,
        int externalCall,
        int ones,
        Integer measurement,
        Long pageFault,
        MachineCheck machineCheck,
        List<Integer> malfunctions,
        List<Integer> emergencies,
        List<Long> program) {}
