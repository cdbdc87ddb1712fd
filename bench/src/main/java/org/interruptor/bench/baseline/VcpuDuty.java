package org.interruptor.bench.baseline;

/** What a vCPU's thread is told, and what it tells. */
public interface VcpuDuty {
    /** Whether the thread may end. Threads: any. Once it says so, the vCPU is kicked. */
    boolean isOver();

    /** Whether the guest waits when nothing is pending; else it runs and looks for attention. */
    boolean isWaiting();

    /**
     * Some were delivered.
     *
     * @param count how many, 1 or more.
     */
    void delivered(int count);
}
