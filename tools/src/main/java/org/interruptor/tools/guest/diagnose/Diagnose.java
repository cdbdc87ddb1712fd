package org.interruptor.tools.guest.diagnose;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.device.TestDevice;

/**
 * The functions of DIAGNOSE:
 *
 * <pre>
 *   code    R1          R3                   does                                            condition code
 *   0x044   -           -                    gives up the rest of the time slice             unchanged
 *   0x09c   CPU         -                    the same, in favour of a CPU                    unchanged
 *   0x288   function    action               the watchdog: {@link Watchdog}                  unchanged
 *   0x308   parameter   subcode              resets and loads: {@link ProgramLoading}        unchanged
 *   0x500   (registers 1 to 4)               tells a virtio device: {@link VirtioNotification}   unchanged
 *   0x510   parameter   64-bit parameter     asks the test device for a completion           0; 2 if too many are under way
 *   0x511   -           nanoseconds          sets the least time between two completions     0
 *   0x512   taken       injected             reports a completion to who measures            0
 *   0x513   gets it     -                    asks who measures: 1 to wait, 0 to run          0
 *   0x514   -           -                    lets who measures begin: completions come       0
 * </pre>
 *
 * <p>Any other code is a specification exception; so are 0x500 where no virtio device is, and 0x512 to 0x514 where nobody measures
 * ({@link Measurement}).
 *
 * <p>Threads: any CPU's.
 */
public final class Diagnose {
    private static final int TIME_SLICE_END = 0x044;
    private static final int DIRECTED_YIELD = 0x09c;
    private static final int WATCHDOG = 0x288;
    private static final int PROGRAM_LOADING = 0x308;
    private static final int VIRTIO = 0x500;
    private static final int DEVICE_REQUEST = 0x510;
    private static final int DEVICE_INTERVAL = 0x511;
    private static final int SAMPLE = 0x512;
    private static final int ASK_WHETHER_TO_WAIT = 0x513;
    private static final int BEGIN = 0x514;

    /** Of 0x500, in general register 1. */
    private static final long VIRTIO_NOTIFY = 3;

    private static final int BUSY = 2;

    private final TestDevice device;
    private final Measurement measurement;
    private final Watchdog watchdog;
    private final ProgramLoading loading;
    private final VirtioNotification virtio;

    /**
     * The functions of one machine.
     *
     * @param device the test device.
     * @param measurement null where nobody measures.
     * @param watchdog the machine's.
     * @param reset the machine's.
     * @param virtio null where no virtio device is.
     */
    public Diagnose(
            TestDevice device,
            Measurement measurement,
            Watchdog watchdog,
            SystemReset reset,
            VirtioNotification virtio) {
        this.device = device;
        this.measurement = measurement;
        this.watchdog = watchdog;
        this.loading = new ProgramLoading(reset);
        this.virtio = virtio;
    }

    /**
     * DIAGNOSE.
     *
     * @param cpu who asks.
     * @param code what for, 16 bits.
     * @param r1 a general register.
     * @param r3 a general register.
     * @return the condition code.
     * @throws ProgramException SPECIFICATION for a code that means nothing here.
     */
    // To give up the time slice is what the guest asks for; nothing relies on it.
    @SuppressWarnings("ThreadPriorityCheck")
    public int diagnose(Cpu cpu, int code, int r1, int r3) {
        switch (code) {
            case TIME_SLICE_END, DIRECTED_YIELD -> Thread.yield();
            case WATCHDOG -> watchdog.diagnose(cpu, r1, r3);
            case PROGRAM_LOADING -> loading.diagnose(cpu, r1, r3);
            case VIRTIO -> notifyDevice(cpu);
            default -> {
                return ownFunction(cpu, code, r1, r3);
            }
        }
        return cpu.cc();
    }

    private int ownFunction(Cpu cpu, int code, int r1, int r3) {
        switch (code) {
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

    private void notifyDevice(Cpu cpu) {
        if (virtio == null || cpu.gr(1) != VIRTIO_NOTIFY) {
            throw ProgramException.SPECIFICATION;
        }
        cpu.gr(2, virtio.notify(cpu.gr32(2), cpu.gr(3), cpu.gr(4)));
    }

    private Measurement measurement() {
        if (measurement == null) {
            throw ProgramException.SPECIFICATION;
        }
        return measurement;
    }
}
