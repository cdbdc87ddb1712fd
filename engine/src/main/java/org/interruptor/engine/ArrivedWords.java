package org.interruptor.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The half of {@link Arrivals} that other threads write, each word on a line of its own: a vCPU asks for kicks after each
 * delivery, and must not fetch the line of the notices that injectors write meanwhile.
 *
 * <p>Superclass fields come first in an object, so each word is a class, with padding behind it; in front is {@link Padded}.
 */
abstract class ArrivedWords extends ArrivedKicks {
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
            EMERGENCIES = lookup.findVarHandle(ArrivedEmergencies.class, "emergencies", long.class);
            RECORDS = lookup.findVarHandle(ArrivedRecords.class, "records", long.class);
            NOTIFIED = lookup.findVarHandle(ArrivedNotices.class, "notified", long.class);
            KICKS = lookup.findVarHandle(ArrivedKicks.class, "kicks", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}

/** One of the {@link ArrivedWords}. */
abstract class ArrivedEmergencies extends Padded {
    @SuppressWarnings("unused")
    long emergencies;

    // spotless:off
    @SuppressWarnings("unused")
    private int
            p00, p01, p02, p03, p04, p05, p06, p07,
            p10, p11, p12, p13, p14, p15, p16, p17,
            p20, p21, p22, p23, p24, p25, p26, p27,
            p30, p31, p32, p33, p34, p35, p36, p37;
    // spotless:on
}

/** One of the {@link ArrivedWords}. */
abstract class ArrivedRecords extends ArrivedEmergencies {
    @SuppressWarnings("unused")
    long records;

    // spotless:off
    @SuppressWarnings("unused")
    private int
            p00, p01, p02, p03, p04, p05, p06, p07,
            p10, p11, p12, p13, p14, p15, p16, p17,
            p20, p21, p22, p23, p24, p25, p26, p27,
            p30, p31, p32, p33, p34, p35, p36, p37;
    // spotless:on
}

/** One of the {@link ArrivedWords}. */
abstract class ArrivedNotices extends ArrivedRecords {
    @SuppressWarnings("unused")
    long notified;

    // spotless:off
    @SuppressWarnings("unused")
    private int
            p00, p01, p02, p03, p04, p05, p06, p07,
            p10, p11, p12, p13, p14, p15, p16, p17,
            p20, p21, p22, p23, p24, p25, p26, p27,
            p30, p31, p32, p33, p34, p35, p36, p37;
    // spotless:on
}

/** One of the {@link ArrivedWords}. */
abstract class ArrivedKicks extends ArrivedNotices {
    @SuppressWarnings("unused")
    long kicks;

    // spotless:off
    @SuppressWarnings("unused")
    private int
            p00, p01, p02, p03, p04, p05, p06, p07,
            p10, p11, p12, p13, p14, p15, p16, p17,
            p20, p21, p22, p23, p24, p25, p26, p27,
            p30, p31, p32, p33, p34, p35, p36, p37;
    // spotless:on
}
