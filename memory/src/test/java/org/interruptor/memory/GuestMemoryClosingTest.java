package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuestMemoryClosingTest {

    private static final int SIZE = 8192;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void useAfterCloseIsRefused(Storage storage) throws IOException {
        GuestMemory memory = storage.open(SIZE, folder);
        memory.close();
        byte[] bytes = new byte[8];
        List<ThrowingCallable> uses = List.of(
                () -> memory.getByte(0),
                () -> memory.getShort(0),
                () -> memory.getInt(0),
                () -> memory.getLong(0),
                () -> memory.putByte(0, (byte) 0),
                () -> memory.putShort(0, (short) 0),
                () -> memory.putInt(0, 0),
                () -> memory.putLong(0, 0),
                () -> memory.getBytes(0, bytes, 0, 8),
                () -> memory.putBytes(0, bytes, 0, 8),
                () -> memory.getBytes(0, bytes, 0, 0),
                () -> memory.wrapWindow(new UnsafeBuffer(), 0, 8),
                () -> new Lowcore().wrap(memory, 0),
                () -> memory.getLong(-1),
                () -> memory.putLong(SIZE, 0));
        for (ThrowingCallable use : uses) {
            assertThatIllegalStateException().isThrownBy(use).withMessageContaining("closed");
        }
    }

    @Test
    void closingIsIdempotentAndCanBeAskedFor() {
        GuestMemory memory = GuestMemory.allocate(SIZE);
        assertThat(memory.isClosed()).isFalse();
        assertThat(memory).hasToString("GuestMemory{size=8192}");

        memory.close();
        memory.close();

        assertThat(memory.isClosed()).isTrue();
        assertThat(memory).hasToString("GuestMemory{size=8192, closed}");
        assertThat(memory.size()).isEqualTo(SIZE);
        assertThat(memory.contains(0, SIZE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aWindowGoesOnToWorkAfterClosing(Storage storage) throws IOException {
        UnsafeBuffer window = new UnsafeBuffer();
        try (GuestMemory memory = storage.open(SIZE, folder)) {
            memory.putByte(5, (byte) 9);
            memory.wrapWindow(window, 0, 64);
        }
        for (int i = 0; i < 5; i++) {
            System.gc();
            GuestMemory.allocate(1 << 20).close();
        }
        window.putByte(6, (byte) 10);

        assertThat(window.getByte(5)).isEqualTo((byte) 9);
        assertThat(window.getByte(6)).isEqualTo((byte) 10);
    }

    @Test
    @Timeout(60)
    void memoryIsReleasedWhenNothingRefersToItAnyMore() throws InterruptedException {
        long size = 64 << 20;
        GuestMemory memory = GuestMemory.allocate(size);
        UnsafeBuffer window = new UnsafeBuffer();
        memory.wrapWindow(window, 0, 64);
        long used = directMemory();

        memory.close();
        System.gc();
        Thread.sleep(Duration.ofMillis(100).toMillis());
        assertThat(directMemory()).as("the window keeps it").isGreaterThan(used - size);

        window.wrap(new byte[0]);
        while (directMemory() > used - size) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(memory.isClosed())
                .as("the closed object itself is still here")
                .isTrue();
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /**
     * A crash would take this JVM with it. A mapped file, since unmapping takes effect at once, while freed memory of the
     * process often stays accessible.
     */
    @Test
    @Timeout(120)
    void closingUnderTheHandsOfOthersIsAnExceptionForThemAndNoCrash() throws Exception {
        for (int round = 0; round < 100; round++) {
            GuestMemory memory = GuestMemory.map(folder.resolve("storage"), 1 << 20);
            AtomicReference<Throwable> unexpected = new AtomicReference<>();
            List<Thread> users = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread user = new Thread(() -> useUntilClosed(memory));
                user.setUncaughtExceptionHandler((thread, thrown) -> unexpected.set(thrown));
                user.start();
                users.add(user);
            }
            Thread.sleep(1);
            memory.close();
            System.gc();
            for (Thread user : users) {
                user.join();
            }
            assertThat(unexpected.get()).isNull();
        }
    }

    private static void useUntilClosed(GuestMemory memory) {
        UnsafeBuffer window = new UnsafeBuffer();
        byte[] bytes = new byte[4096];
        try {
            for (long address = 0; ; address = (address + 4096) % memory.size()) {
                for (int i = 0; i < 4088; i++) {
                    memory.putLong(address + i, memory.getLong(address + 4088 - i));
                }
                memory.putBytes(address, bytes, 0, bytes.length);
                memory.wrapWindow(window, address, 4096);
                window.putLong(8, window.getLong(16));
            }
        } catch (IllegalStateException closed) {
            assertThat(closed).hasMessageContaining("closed");
        }
    }
}
