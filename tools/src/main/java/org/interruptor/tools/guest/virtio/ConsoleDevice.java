package org.interruptor.tools.guest.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A virtio console with one port: what the guest transmits goes to a consumer, what is typed goes into the buffers that the guest
 * provides.
 *
 * <p>Input waits in a buffer of {@link #INPUT_CAPACITY} bytes until the guest has room for it; {@link #type} says how much it
 * took.
 *
 * <p>Threads: the device's, but for {@link #type}. Source: Virtual I/O Device 1.2, section 5.3.
 */
public final class ConsoleDevice implements VirtioDevice {
    /** Bytes of input that can wait. */
    public static final int INPUT_CAPACITY = 4096;

    private static final int ID = 3;
    private static final int RECEIVE = 0;
    private static final int TRANSMIT = 1;
    private static final int CHUNK = 4096;
    private static final int CONFIGURATION_LENGTH = 12;
    private static final int PORTS = 4;

    private final Consumer<byte[]> output;
    private final byte[] chunk = new byte[CHUNK];
    private final ByteBuffer input = ByteBuffer.allocate(INPUT_CAPACITY); // under its lock, ready to be filled
    private volatile IntConsumer waker = queue -> {};

    /**
     * A console.
     *
     * @param output gets what the guest transmits, in pieces, on the device's thread.
     */
    public ConsoleDevice(Consumer<byte[]> output) {
        this.output = output;
    }

    @Override
    public void attached(IntConsumer newWaker) {
        waker = newWaker;
    }

    /**
     * Gives input to the guest. Does not wait. Threads: any.
     *
     * @param bytes what was typed.
     * @param offset index of the first byte.
     * @param length how many.
     * @return how many were taken; the rest found no room.
     */
    public int type(byte[] bytes, int offset, int length) {
        int taken;
        synchronized (input) {
            taken = Math.min(length, input.remaining());
            input.put(bytes, offset, taken);
        }
        waker.accept(RECEIVE);
        return taken;
    }

    /** Waits until there is room for input, for as long as that takes. Threads: any but the device's. */
    void awaitRoom() throws InterruptedException {
        synchronized (input) {
            while (!input.hasRemaining()) {
                input.wait();
            }
        }
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public long features() {
        return 0;
    }

    @Override
    public int queues() {
        return 2;
    }

    @Override
    public byte[] configuration(ByteOrder order) {
        return ByteBuffer.allocate(CONFIGURATION_LENGTH)
                .order(order)
                .putInt(PORTS, 1)
                .array();
    }

    @Override
    public boolean work(int number, Virtqueue queue) {
        return number == TRANSMIT ? transmit(queue) : number == RECEIVE && receive(queue);
    }

    private boolean transmit(Virtqueue queue) {
        boolean isWanted = false;
        Descriptors text = queue.take();
        while (text != null) {
            for (long done = 0; done < text.readableLength() && !queue.isCalledOff(); done += CHUNK) {
                int part = text.read(done, chunk, CHUNK);
                output.accept(Arrays.copyOf(chunk, part));
            }
            isWanted |= queue.complete(0);
            text = queue.take();
        }
        return isWanted;
    }

    private boolean receive(Virtqueue queue) {
        boolean isWanted = false;
        while (hasInput()) {
            Descriptors room = queue.take();
            if (room == null) {
                break;
            }
            int part = takeInput((int) Math.min(CHUNK, room.writableLength()));
            room.write(0, chunk, part);
            isWanted |= queue.complete(part);
        }
        return isWanted;
    }

    private boolean hasInput() {
        synchronized (input) {
            return input.position() > 0;
        }
    }

    private int takeInput(int most) {
        synchronized (input) {
            input.flip();
            int part = Math.min(most, input.remaining());
            input.get(chunk, 0, part);
            input.compact();
            input.notifyAll();
            return part;
        }
    }
}
