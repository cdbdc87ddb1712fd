package org.interruptor.tools.model;

import java.util.Map;

/**
 * A program interruption of {@link ArchitectureModel}.
 *
 * @param fields by the names that the step {@code inject program} gives them; those that are left out are 0.
 */
record ArchitectureProgram(int code, int length, Map<String, Long> fields) {

    /** From outside, or by an invalid PSW: nothing but its code and length. */
    ArchitectureProgram(int code, int length) {
        this(code, length, Map.of());
    }

    private long field(String name) {
        return fields.getOrDefault(name, 0L);
    }

    /** Stores what the code has beside the PSW. */
    void store(ModelStorage storage, long prefix) {
        int plain = code & 0x7f;
        boolean isAccess = plain == 0x10 || plain == 0x11 || (plain >= 0x38 && plain <= 0x3b);
        boolean isTeid = isAccess || plain == 4 || plain == 0x1c || plain == 0x2e || (plain >= 0x20 && plain <= 0x26);
        storage.store(prefix + 0x8c, 2, length);
        storage.store(prefix + 0x8e, 2, code);
        storage.store(prefix + 0x110, 8, field("breaking-event"));
        if (isTeid) {
            storage.store(prefix + 0xa8, 8, field("teid"));
        }
        if (isAccess || plain == 4 || (plain >= 0x29 && plain <= 0x2d) || plain == 0x2f) {
            storage.store(prefix + 0xa0, 1, field("exception-access"));
        }
        if (isAccess) {
            storage.store(prefix + 0xa2, 1, field("operand-access"));
        }
        if (plain == 7 || plain == 0x1b) {
            storage.store(prefix + 0x90, 4, field("data-exception"));
        }
        if (plain == 0x40) {
            storage.store(prefix + 0x94, 2, field("monitor-class"));
            storage.store(prefix + 0xb0, 8, field("monitor-code"));
        }
        if ((code & 0x80) != 0) {
            storage.store(prefix + 0x96, 1, field("per-code"));
            storage.store(prefix + 0x97, 1, field("per-atmid"));
            storage.store(prefix + 0x98, 8, field("per-address"));
            storage.store(prefix + 0xa1, 1, field("per-access"));
        }
    }
}
