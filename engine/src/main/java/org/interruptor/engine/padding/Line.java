package org.interruptor.engine.padding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Six 64-bit words on cache lines of their own: the one idiom by which the engine keeps apart what different threads write.
 *
 * <pre>
 *  object header | 128 bytes of padding ({@link Padded}) | words 0 to 5 | 128 bytes of padding | fields of the subclass
 * </pre>
 *
 * <p>128 bytes are two lines, since adjacent lines are fetched in pairs. The words share a line: they have the same kind
 * of writer. A subclass gives them names ({@code private static final VarHandle STAMP = WORD_0}) and states their memory order.
 * Fields of the subclass stand behind the padding: the subclass's own thread may write them.
 *
 * <p>Many words that one index selects (slots, bitsets, counters) are {@link PaddedWords}.
 */
public abstract class Line extends Padded {
    /** The first word. */
    protected static final VarHandle WORD_0 = word("word0");
    /** The second word. */
    protected static final VarHandle WORD_1 = word("word1");
    /** The third word. */
    protected static final VarHandle WORD_2 = word("word2");
    /** The fourth word. */
    protected static final VarHandle WORD_3 = word("word3");
    /** The fifth word. */
    protected static final VarHandle WORD_4 = word("word4");
    /** The sixth word. */
    protected static final VarHandle WORD_5 = word("word5");

    @SuppressWarnings("unused")
    private long word0;

    @SuppressWarnings("unused")
    private long word1;

    @SuppressWarnings("unused")
    private long word2;

    @SuppressWarnings("unused")
    private long word3;

    @SuppressWarnings("unused")
    private long word4;

    @SuppressWarnings("unused")
    private long word5;

    // spotless:off
    @SuppressWarnings("unused")
    private int // behind the words, since the fields of a class are laid out by size
            q00, q01, q02, q03, q04, q05, q06, q07,
            q10, q11, q12, q13, q14, q15, q16, q17,
            q20, q21, q22, q23, q24, q25, q26, q27,
            q30, q31, q32, q33, q34, q35, q36, q37,
            q40; // one may fill a gap in front of the words
    // spotless:on

    private static VarHandle word(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(Line.class, name, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
