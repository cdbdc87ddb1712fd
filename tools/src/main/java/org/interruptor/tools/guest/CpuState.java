package org.interruptor.tools.guest;

/** What a CPU does. */
public enum CpuState {
    /** It executes instructions, or is in an enabled wait. */
    OPERATING("operating"),
    /** It takes orders only. */
    STOPPED("stopped"),
    /** It operates, but in a wait that only a restart or a reset can end. */
    DISABLED_WAIT("disabled wait");

    private final String label;

    CpuState(String label) {
        this.label = label;
    }

    /**
     * For people.
     *
     * @return the name, lower case.
     */
    public String label() {
        return label;
    }
}
