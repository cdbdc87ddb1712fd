package org.interruptor.engine;

import net.openhft.chronicle.core.io.AbstractCloseable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * With {@link ExtendWith} on a class of tests: fails it if they leave something open that would go on beside later tests: a
 * machine under load, another process. Those are {@link AbstractCloseable}s for it, which chronicle-core traces from here on;
 * the error says where each was created.
 */
final class NothingLeftOpen implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        AbstractCloseable.enableCloseableTracing();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            AbstractCloseable.assertCloseablesClosed();
        } finally {
            AbstractCloseable.disableCloseableTracing();
        }
    }
}
