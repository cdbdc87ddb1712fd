package org.interruptor.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The half of {@link Arrivals} that other threads write, on lines of its own: padding in front by {@link Padded}, behind by
 * the ints here, since the fields of a class are laid out by size, and those of a subclass behind all of them.
 */
abstract class ArrivedWords extends Padded {
    /** Emergency signals arrived since the start. */
    static final VarHandle EMERGENCIES;
    /** Records arrived since the start. */
    static final VarHandle RECORDS;
    /** Stamp of the last notice. */
    static final VarHandle NOTIFIED;
    /** Kicks since the start. */
    static final VarHandle KICKS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            EMERGENCIES = lookup.findVarHandle(ArrivedWords.class, "emergencies", long.class);
            RECORDS = lookup.findVarHandle(ArrivedWords.class, "records", long.class);
            NOTIFIED = lookup.findVarHandle(ArrivedWords.class, "notified", long.class);
            KICKS = lookup.findVarHandle(ArrivedWords.class, "kicks", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused")
    private long emergencies;

    @SuppressWarnings("unused")
    private long records;

    @SuppressWarnings("unused")
    private long notified;

    @SuppressWarnings("unused")
    private long kicks;

    // spotless:off
    @SuppressWarnings("unused")
    private int
            p00, p01, p02, p03, p04, p05, p06, p07,
            p10, p11, p12, p13, p14, p15, p16, p17,
            p20, p21, p22, p23, p24, p25, p26, p27,
            p30, p31, p32, p33, p34, p35, p36, p37;
    // spotless:on
}
