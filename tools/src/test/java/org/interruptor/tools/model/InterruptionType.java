package org.interruptor.tools.model;

import java.util.Optional;
import java.util.stream.Stream;

/** The table of section 2. */
enum InterruptionType {
    PROGRAM("program", 0xfffe0001L, false, 0),
    STOP("stop", 0xfffe0000L, false, 0),
    SET_PREFIX("set-prefix", 0xfffe0002L, false, 0),
    RESTART("restart", 0xfffe0003L, false, 0),
    EMERGENCY("emergency", 0xffff1201L, false, 0x4000),
    SERVICE("service", 0xffff2401L, true, 0x200),
    VIRTIO("virtio", 0xffff2603L, true, 0x200),
    /** A state of the vCPU, never queued: no number of the interface stands for it. */
    CLOCK_COMPARATOR("clock-comparator", null, false, 0x800);

    final String printedName;
    final Long number;
    final boolean floating;
    /** The external subclass mask of CR0 that it needs, besides the PSW's external mask; 0 where it may always be taken. */
    final long subclassMask;

    InterruptionType(String printedName, Long number, boolean floating, long subclassMask) {
        this.printedName = printedName;
        this.number = number;
        this.floating = floating;
        this.subclassMask = subclassMask;
    }

    static Optional<InterruptionType> byName(String name) {
        return queued().filter(type -> type.printedName.equals(name)).findFirst();
    }

    static Optional<InterruptionType> byNumber(long number) {
        return queued().filter(type -> type.number == number).findFirst();
    }

    private static Stream<InterruptionType> queued() {
        return Stream.of(values()).filter(type -> type.number != null);
    }
}
