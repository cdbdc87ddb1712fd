package org.interruptor.bench.result;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * All times of one round.
 *
 * @param startMillis when the round began, in milliseconds since 1970.
 * @param endMillis when it had ended.
 * @param data HdrHistogram's compressed form, as Base64; nanoseconds.
 */
public record RoundHistogram(long startMillis, long endMillis, String data) {

    /** Packs a histogram. */
    public static RoundHistogram of(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return new RoundHistogram(
                histogram.getStartTimeStamp(),
                histogram.getEndTimeStamp(),
                Base64.getEncoder().encodeToString(bytes));
    }

    /** Unpacks it. */
    public Histogram histogram() {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(data));
            Histogram histogram = Histogram.decodeFromCompressedByteBuffer(buffer, 0);
            histogram.setStartTimeStamp(startMillis);
            histogram.setEndTimeStamp(endMillis);
            return histogram;
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("a histogram in the results cannot be read: " + e.getMessage(), e);
        }
    }
}
