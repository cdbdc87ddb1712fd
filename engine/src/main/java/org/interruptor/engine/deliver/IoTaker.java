package org.interruptor.engine.deliver;

import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.queue.FloatingWord;
import org.interruptor.engine.queue.IoRing;
import org.interruptor.engine.queue.TakenInterruption;

/**
 * Takes I/O interruptions of one subclass: those of subchannels from its ring, behind them the adapter interruption.
 *
 * <p>Threads: the vCPU's own.
 */
final class IoTaker {
    /** The gates of all subclasses. */
    static final int GATES = 0xff << Gate.IO_0.ordinal();

    private static final long ADAPTER_WORD = 0x8000_0000L;
    private static final int SUBCLASS_SHIFT = 27;

    private final Floating floating;
    private final TakenInterruption taken;

    IoTaker(Floating floating, TakenInterruption taken) {
        this.floating = floating;
        this.taken = taken;
    }

    /** What a look finds pending, first: the type, or null. A hint that nothing is behind is cleared. */
    InterruptionType find(int subclass, long seenWord) {
        if (floating.io(subclass).head() != FloatingRing.NONE) {
            return InterruptionType.IO;
        }
        floating.word().clear(seenWord, FloatingWord.IO_RING << subclass);
        return FloatingWord.has(floating.word().word(), FloatingWord.ADAPTER << subclass)
                ? InterruptionType.ADAPTER
                : null;
    }

    /** Takes the first one; null if others were faster. */
    InterruptionType take(int subclass) {
        IoRing ring = floating.io(subclass);
        for (long head = ring.head(); head != FloatingRing.NONE; head = ring.head()) {
            if (ring.take(head, taken)) {
                return InterruptionType.IO;
            }
        }
        if (!floating.word().take(FloatingWord.ADAPTER << subclass)) {
            return null;
        }
        taken.parameter = 0;
        taken.parameter64 = ADAPTER_WORD | (long) subclass << SUBCLASS_SHIFT;
        return InterruptionType.ADAPTER;
    }
}
