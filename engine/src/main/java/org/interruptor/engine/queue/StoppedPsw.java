package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Line;
import org.interruptor.memory.PswMask;

/**
 * What a conditional emergency signal asks of a stopped CPU: one word that the CPU publishes before it becomes stopped and after any
 * change while it is stopped. The sender reads only that.
 *
 * <pre>
 *  | always accepted | waits | primary ASN 16 | secondary ASN 16 |
 *    bit 33            bit 32   bits 31..16     bits 15..0
 * </pre>
 *
 * <p>Threads: {@link #publish} the vCPU's own, {@link #accepts} any. Ordering: release and acquire.
 */
public final class StoppedPsw extends Line {
    private static final long ALWAYS = 1L << 33;
    private static final long WAITS = 1L << 32;
    private static final VarHandle WORD = WORD_0;

    /** Nothing published. */
    public StoppedPsw() {}

    /** Publishes what the PSW and control registers 4 and 3 say. */
    public void publish(long pswMask, long pswAddress, long control4, long control3) {
        boolean isDisabled = (pswMask & PswMask.IO) == 0 || (pswMask & PswMask.EXTERNAL) == 0;
        boolean isWait = PswMask.isWait(pswMask);
        long word = (isDisabled || (isWait && pswAddress != 0) ? ALWAYS : 0)
                | (isWait ? WAITS : 0)
                | (control4 & 0xffff) << 16
                | (control3 & 0xffff);
        WORD.setRelease(this, word);
    }

    /** Whether a stopped CPU accepts the signal for this address-space number. */
    public boolean accepts(int asn) {
        long word = (long) WORD.getAcquire(this);
        return (word & ALWAYS) != 0
                || ((word & WAITS) == 0 && (asn == (word >>> 16 & 0xffff) || asn == (word & 0xffff)));
    }
}
