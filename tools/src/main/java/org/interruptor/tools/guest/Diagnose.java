package org.interruptor.tools.guest;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.device.TestDevice;

/**
 * The functions of DIAGNOSE:
 *
 * <pre>
 *   code    R1          R3                   does                                            condition code
 *   0x044   -           -                    gives up the rest of the time slice             unchanged
 *   0x510   parameter   64-bit parameter     asks the test device for a completion           0; 2 if too many are under way
 *   0x511   -           nanoseconds          sets the least time between two completions     0
 *   0x512   taken       injected             reports a completion to who measures            0
 *   0x513   gets it     -                    asks who measures: 1 to wait, 0 to run          0
 *   0x514   -           -                    lets who measures begin: completions come       0
 * </pre>
 *
 * <p>Any other code is a specification exception, and so are 0x512 to 0x514 where nobody measures ({@link Measurement}).
 *
 * <p>Threads: any CPU's.
 */
final class Diagnose {
    private static final int TIME_SLICE_END = 0x044;
    private static final int DEVICE_REQUEST = 0x510;
    private static final int DEVICE_INTERVAL = 0x511;
    private static final int SAMPLE = 0x512;
    private static final int ASK_WHETHER_TO_WAIT = 0x513;
    private static final int BEGIN = 0x514;

    private static final int BUSY = 2;

    private final TestDevice device;
    private final Measurement measurement;

    /** {@code measurement} is null where nobody measures. */
    Diagnose(TestDevice device, Measurement measurement) {
        this.device = device;
        this.measurement = measurement;
    }

    // To give up the time slice is what the guest asks for; nothing relies on it.
    @SuppressWarnings("ThreadPriorityCheck")
    int diagnose(Cpu cpu, int code, int r1, int r3) {
        switch (code) {
            case TIME_SLICE_END -> {
                Thread.yield();
                return cpu.cc();
            }
            case DEVICE_REQUEST -> {
                return device.request(cpu.gr32(r1), cpu.gr(r3)) ? 0 : BUSY;
            }
            case DEVICE_INTERVAL -> device.interval(Math.max(0, cpu.gr(r3)));
            case SAMPLE -> measurement().sample(cpu.id(), cpu.gr(r1), cpu.gr(r3));
            case ASK_WHETHER_TO_WAIT -> cpu.gr(r1, measurement().guestWaits() ? 1 : 0);
            case BEGIN -> measurement().begin(device);
            default -> throw ProgramException.SPECIFICATION;
        }
        return 0;
    }

    private Measurement measurement() {
        if (measurement == null) {
            throw ProgramException.SPECIFICATION;
        }
        return measurement;
    }
}
