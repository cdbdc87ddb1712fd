package org.interruptor.tools.guest.measure.linux;

/** What the program in the guest measures, one after the other. */
enum Phase {
    /** Sleeps of 1 ms: how much later the program runs again. */
    TIMER("timer", "sleeps of 1 ms, too late by"),
    /** A byte to a process on another CPU and back. */
    SIGNAL("signal", "CPU 0 to CPU 1 and back"),
    /** A block of 4 KiB from the disk. */
    DISK("disk", "reads of 4 KiB from the disk");

    private final String word;
    private final String label;

    Phase(String word, String label) {
        this.word = word;
        this.label = label;
    }

    /** Its name on the guest's console. */
    String word() {
        return word;
    }

    /** Its name in reports. */
    String label() {
        return label;
    }

    /** Null if there is none of that name. */
    static Phase ofWord(String word) {
        for (Phase phase : values()) {
            if (phase.word.equals(word)) {
                return phase;
            }
        }
        return null;
    }
}
