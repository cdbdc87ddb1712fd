package org.interruptor.memory;

import org.agrona.UnsafeApi;

/**
 * Checks that the JVM has the flag that Agrona needs.
 *
 * <p>Agrona uses the JDK's package {@code jdk.internal.misc}, which {@code java.base} exports only if a flag says so. Without the
 * flag the first use of an Agrona buffer throws an {@code IllegalAccessError}, and each later one a {@code NoClassDefFoundError}
 * that names the wrong cause. This check does not load Agrona's classes, so every call gives the same result.
 */
public final class AgronaAccess {

    private static final String JDK_INTERNAL_PACKAGE = "jdk.internal.misc";

    private AgronaAccess() {}

    /**
     * Returns if Agrona's buffers can be used.
     *
     * <p>Threads: any | does not block, does not allocate where it returns.
     *
     * @throws IllegalStateException if the JVM was started without the flag that Agrona needs; the message names it.
     */
    public static void check() {
        // A class literal does not initialise the class.
        Module agrona = UnsafeApi.class.getModule();
        if (!Object.class.getModule().isExported(JDK_INTERNAL_PACKAGE, agrona)) {
            throw new IllegalStateException("Agrona cannot reach " + JDK_INTERNAL_PACKAGE
                    + ": start the JVM with --add-exports java.base/" + JDK_INTERNAL_PACKAGE + "="
                    + (agrona.isNamed() ? agrona.getName() : "ALL-UNNAMED"));
        }
    }
}
