package org.interruptor.engine;

import java.util.List;

/**
 * What a machine with architecture rules has pending for any vCPU beside the service ring, in a {@link SavedMachine}.
 *
 * @param clockEpoch what the machine adds to the embedder's clock.
 * @param bits interruptions that are bits of the machine's word.
 * @param timingAlert its parameter bits; null if none is pending.
 * @param serviceEvent its event bits; null if none is pending.
 * @param suppression modes and suppressed subclasses.
 * @param io pending I/O interruptions, by subclass and in the order of each ring.
 * @param counters the counters of floating interruptions but refused ones, by their number.
 * @param rotations by floating gate, lowest first: the vCPU that was chosen last.
 * @param resetting numbers of the vCPUs that have still to carry out a reset of the machine, ascending.
 */
record SavedFloating(
        long clockEpoch,
        int bits,
        Integer timingAlert,
        Integer serviceEvent,
        int suppression,
        List<SavedIo> io,
        List<Long> counters,
        List<Integer> rotations,
        List<Integer> resetting) {}
