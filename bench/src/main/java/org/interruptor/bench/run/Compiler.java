package org.interruptor.bench.run;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The JVM's compilers, as far as they disturb a measurement: whether they are at work, and how long they have worked. A JVM that
 * does not tell has compilers that are always idle.
 *
 * <p>Threads: one.
 */
class Compiler {
    private static final String EMPTY = "Empty";

    /** What the JVM heads the parts of its answer with; each compiler has a queue. */
    private static final String CURRENT = "Current compiles:";

    private static final String QUEUE = "compile queue:";
    private static final long LOOK_NANOS = 500_000;

    private final CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** Milliseconds that the compilers have worked, of methods that are compiled. */
    long workedMillis() {
        return bean != null && bean.isCompilationTimeMonitoringSupported() ? bean.getTotalCompilationTime() : 0;
    }

    /**
     * Waits until nothing is compiled, nor to be compiled.
     *
     * @param nanos at most so long.
     * @return whether that has come.
     */
    boolean awaitIdle(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (!isIdle(queue())) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private String queue() {
        try {
            return (String) server.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "compilerQueue",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
        } catch (JMException | RuntimeException e) {
            return "";
        }
    }

    /** Whether the JVM's answer names no method: neither among the current ones nor in a queue. */
    static boolean isIdle(String queue) {
        return queue.lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.equals(EMPTY) || line.equals(CURRENT) || line.endsWith(QUEUE));
    }
}
