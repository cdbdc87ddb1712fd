package org.interruptor.tools.scenario;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much storage outside the heap the JVM would give at most. To find out by trying means to have filled all that with
 * zeros, seconds and gigabytes later.
 */
final class StorageLimit {

    private StorageLimit() {}

    static long bytes() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long set = Long.parseLong(jvm.getVMOption("MaxDirectMemorySize").getValue());
        return set == 0 ? Runtime.getRuntime().maxMemory() : set;
    }
}
