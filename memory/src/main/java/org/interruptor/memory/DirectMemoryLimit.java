package org.interruptor.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory outside the heap the JVM gives at most. To find out by trying means to have filled all that with zeros,
 * seconds and gigabytes later.
 */
final class DirectMemoryLimit {

    private static final String MANAGEMENT_MODULE = "jdk.management";

    private DirectMemoryLimit() {}

    /** {@code Long.MAX_VALUE} where nobody tells: a runtime image without management, a JVM that is not HotSpot. */
    static long bytes() {
        return ModuleLayer.boot().findModule(MANAGEMENT_MODULE).isPresent() ? asTheJvmSays() : Long.MAX_VALUE;
    }

    private static long asTheJvmSays() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            long set = Long.parseLong(jvm.getVMOption("MaxDirectMemorySize").getValue());
            return set == 0 ? Runtime.getRuntime().maxMemory() : set;
        } catch (IllegalArgumentException unknown) {
            return Long.MAX_VALUE;
        }
    }
}
