package org.interruptor.engine;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;

/** What the tests of concurrency and faults set up: vCPU n has its lowcore at {@code 0x2000 * (n + 1)}. */
public final class Guest {
    /** All that can end a wait is enabled. */
    static final long ENABLED = PswMask.IO | PswMask.EXTERNAL | PswMask.MACHINE_CHECK;

    /** External interruptions are disabled, and yet the wait is none that nothing can end. */
    static final long EXTERNAL_DISABLED = PswMask.IO | PswMask.MACHINE_CHECK;

    static final long EMERGENCY = InterruptionType.EMERGENCY_SIGNAL.subclassMask();
    static final long COMPARATOR = InterruptionType.CLOCK_COMPARATOR.subclassMask();
    static final long FLOATING = InterruptionType.VIRTIO.subclassMask();

    private Guest() {}

    public static GuestMemory storage(int vcpus) {
        return GuestMemory.allocate((long) Lowcore.LENGTH * (vcpus + 1));
    }

    /**
     * A vCPU for the calling thread, which may have bound it before. JUnit runs the constructor and each method of a test on a
     * thread of its own, one after the other: these count as one thread.
     */
    public static Vcpu own(VcpuHandle handle) {
        Thread bound = handle.boundThread();
        if (bound == Thread.currentThread()) {
            return handle.owner();
        }
        if (bound != null && isOfJUnit(bound) && isOfJUnit(Thread.currentThread())) {
            handle.unbind();
        }
        return handle.bind();
    }

    private static boolean isOfJUnit(Thread thread) {
        return thread.getName().equals("main") || thread.getName().startsWith("junit-timeout-thread-");
    }

    /** Gives a vCPU its lowcore, whose new PSWs are all {@code mask}, and loads that PSW and CR0. */
    public static Vcpu load(Vcpu vcpu, long mask, long control0) {
        Lowcore lowcore = new Lowcore();
        long prefix = Lowcore.LENGTH * (vcpu.id() + 1L);
        lowcore.wrap(vcpu.machine().storage(), prefix);
        lowcore.externalNewPswMask(mask);
        lowcore.programNewPswMask(mask);
        lowcore.restartNewPswMask(mask);
        vcpu.registers().prefix(prefix);
        vcpu.registers().psw(mask, 0);
        vcpu.registers().control(0, control0);
        return vcpu;
    }

    /** As {@link #load}, with all gates open but the clock comparator's. */
    public static Vcpu open(Vcpu vcpu) {
        return load(vcpu, ENABLED, EMERGENCY | FLOATING);
    }

    /** As {@link #load}, with all gates closed. */
    static Vcpu closed(Vcpu vcpu) {
        return load(vcpu, EXTERNAL_DISABLED, EMERGENCY | FLOATING);
    }
}
