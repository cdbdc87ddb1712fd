package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Line;

/**
 * A condition with parameter bits, of which one can be pending: those of several are ORed.
 *
 * <pre>
 *   63        33 32        31         0
 *  | puts       | pending | parameter  |
 * </pre>
 *
 * <p>Threads: any. Ordering: {@link #put} and {@link #take} are compare-and-sets; of two takers one gets it.
 */
public final class ParameterBits extends Line {
    /** What {@link #take} answers where nothing is pending. */
    public static final long NONE = 0;

    private static final long PENDING = 1L << 32;
    private static final long PUT = 1L << 33;

    private static final VarHandle WORD = WORD_0;

    /** Adds bits; whether nothing was pending before. A full fence in either case. */
    public boolean put(int parameter) {
        while (true) {
            long old = word();
            if (WORD.compareAndSet(this, old, (old | PENDING | Integer.toUnsignedLong(parameter)) + PUT)) {
                return (old & PENDING) == 0;
            }
        }
    }

    /** Whether it is pending. Volatile. */
    public boolean isPending() {
        return (word() & PENDING) != 0;
    }

    /** The bits of what is pending. Volatile. */
    public int parameter() {
        return (int) word();
    }

    /** How often it was put: the name of what is pending. */
    long puts() {
        return word() >>> 33;
    }

    /** Takes it: its low 32 bits are the parameter, and it is not {@link #NONE}; NONE if another was faster. */
    public long take() {
        while (true) {
            long old = word();
            if ((old & PENDING) == 0) {
                return NONE;
            }
            if (WORD.compareAndSet(this, old, old & -PUT)) {
                return old & (PUT - 1);
            }
        }
    }

    private long word() {
        return (long) WORD.getVolatile(this);
    }
}
