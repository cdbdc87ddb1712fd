package org.interruptor.tools.guest.channel;

import java.util.ArrayDeque;
import org.interruptor.engine.Machine;

/**
 * Channel-report words until STORE CHANNEL REPORT WORD takes them.
 *
 * <pre>
 *   | 0 S R C | source, 4 | A 0 | error-recovery code, 6 | identification, 16 |
 *       solicited, overflow
 * </pre>
 *
 * <p>A machine check, channel report pending, tells of each.
 *
 * <p>Of those that do not find room any more, the last one that was kept says so. Source: Principles of Operation, chapter I/O
 * Support Functions, Channel-Report Word.
 *
 * <p>Threads: any, under a lock that is held for a few instructions.
 */
final class ChannelReports {
    static final int MOST = 64;

    private static final int SOLICITED = 0x4000_0000;
    private static final int OVERFLOW = 0x2000_0000;
    private static final int CHANNEL_PATH = 0x0400_0000;
    private static final int INITIALIZED = 0x0002_0000;

    private final Machine machine;
    private final ArrayDeque<Integer> words = new ArrayDeque<>();

    ChannelReports(Machine machine) {
        this.machine = machine;
    }

    /** A channel path was reset, as the guest asked for. */
    void pathReset(int path) {
        synchronized (words) {
            if (words.size() < MOST) {
                words.add(SOLICITED | CHANNEL_PATH | INITIALIZED | path);
            } else {
                words.add(words.removeLast() | OVERFLOW);
            }
        }
        machine.injectChannelReport();
    }

    /** The oldest one; 0 if there is none. */
    int take() {
        synchronized (words) {
            Integer word = words.poll();
            return word == null ? 0 : word;
        }
    }

    void reset() {
        synchronized (words) {
            words.clear();
        }
    }
}
