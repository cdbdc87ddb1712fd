package org.interruptor.tools.model;

import java.util.List;

/**
 * The facts of one class of interruptions, as the specification's table has them, for {@link ClassConformanceTest}. Nothing here comes from
 * the engine's own table.
 *
 * @param name of the row in a test's name.
 * @param delivered how the step {@code deliver} names it.
 * @param scope who may take it.
 * @param gate what holds it back.
 * @param inject the step that makes it pending for vCPU 0; it can be several steps, of which only the last prints.
 * @param again the step that makes it pending once more.
 * @param second what {@code again} answers.
 * @param listed how {@code list} names what is pending.
 * @param listedTwice how {@code list} names it behind {@code again}.
 * @param first what a delivery stores, but for the PSW.
 * @param twice what the delivery behind {@code again} stores; two of them where both are queued.
 * @param swap where the old PSW is stored and the new one stands; null without a swap.
 */
record ClassRow(
        String name,
        String delivered,
        Scope scope,
        Gate gate,
        List<String> inject,
        String again,
        String second,
        String listed,
        String listedTwice,
        Stored first,
        List<Stored> twice,
        Swap swap) {

    /** Who may take it. */
    enum Scope {
        LOCAL,
        FLOATING,
        /** A condition of the CPU, which no step injects. */
        TIMER,
        /** Set prefix, restart, stop. */
        ORDER
    }

    /**
     * A bit of the PSW and one of a control register.
     *
     * @param psw 0: always open.
     * @param register -1: no register closes it.
     * @param bit of the register.
     */
    record Gate(long psw, int register, long bit) {
        static final Gate ALWAYS = new Gate(0, -1, 0);

        static Gate external(long bit) {
            return new Gate(ClassScenario.EXTERNAL, 0, bit);
        }

        static Gate io(int subclass) {
            return new Gate(ClassScenario.IO, 6, 0x80000000L >> subclass);
        }

        static Gate machineCheck(long bit) {
            return new Gate(ClassScenario.MACHINE_CHECK, bit == 0 ? -1 : 14, bit);
        }

        /** What {@code deliver} prints behind a class that it skipped for the PSW. */
        String flag() {
            return psw == ClassScenario.EXTERNAL ? "ext" : psw == ClassScenario.IO ? "io" : "-";
        }
    }

    /** The places of the old and the new PSW. */
    record Swap(int oldPsw, int newPsw) {
        static final Swap RESTART = new Swap(0x120, 0x1a0);
        static final Swap EXTERNAL = new Swap(0x130, 0x1b0);
        static final Swap PROGRAM = new Swap(0x150, 0x1d0);
        static final Swap MACHINE_CHECK = new Swap(0x160, 0x1e0);
        static final Swap IO = new Swap(0x170, 0x1f0);
    }

    /** What a delivery stores. */
    @FunctionalInterface
    interface Stored {
        void into(ClassScenario.Cpu cpu, ModelStorage storage);
    }

    boolean isFloating() {
        return scope == Scope.FLOATING;
    }

    boolean isTimer() {
        return scope == Scope.TIMER;
    }

    boolean isOrder() {
        return scope == Scope.ORDER;
    }

    /** What an accepted injection prints, while nobody waits. */
    String accepted() {
        return isFloating() ? "inject ok kick=any wake=no" : "inject ok wake=no";
    }

    @Override
    public String toString() {
        return name;
    }
}
