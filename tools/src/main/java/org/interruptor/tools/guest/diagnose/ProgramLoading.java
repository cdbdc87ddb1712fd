package org.interruptor.tools.guest.diagnose;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;

/**
 * DIAGNOSE 0x308, by the subcode in R3:
 *
 * <pre>
 *   0  resets all CPUs (clear reset), and loads the short PSW at absolute 0
 *   1  the same with a CPU reset
 *   3  loads the guest again, into storage that was cleared (clear reset); 4 into storage that is left as it is (initial CPU reset)
 *   5  takes a parameter block for a later load; 6 stores it: R1 its address, R1 + 1 gets 0x102, since there is none
 * </pre>
 *
 * <p>Other subcodes are a specification exception, and so are an odd R1 or an address that is no multiple of 4096 for 5 and 6. This
 * machine loads what its command line names, and nothing else. An address outside storage is an addressing exception.
 *
 * <p>Threads: any CPU's.
 */
final class ProgramLoading {
    private static final int CLEAR = 0;
    private static final int NORMAL = 1;
    private static final int LOAD_CLEAR = 3;
    private static final int LOAD_NORMAL = 4;
    private static final int SET_PARAMETERS = 5;
    private static final int STORE_PARAMETERS = 6;

    private static final long NO_PARAMETERS = 0x102;
    private static final int PAGE = 4096;

    private final SystemReset reset;

    ProgramLoading(SystemReset reset) {
        this.reset = reset;
    }

    void diagnose(Cpu cpu, int r1, int r3) {
        long subcode = cpu.gr(r3);
        if (subcode == CLEAR || subcode == NORMAL) {
            reset.resetAndLoad(cpu, subcode == CLEAR);
        } else if (subcode == LOAD_CLEAR || subcode == LOAD_NORMAL) {
            reset.reload(cpu, subcode == LOAD_CLEAR);
        } else if (subcode == SET_PARAMETERS || subcode == STORE_PARAMETERS) {
            Cpu.even(r1);
            if ((cpu.gr(r1) & (PAGE - 1)) != 0) {
                throw ProgramException.SPECIFICATION;
            }
            if (!cpu.storage().isThere(cpu.gr(r1), PAGE)) {
                throw ProgramException.ADDRESSING;
            }
            cpu.gr(r1 + 1, NO_PARAMETERS);
        } else {
            throw ProgramException.SPECIFICATION;
        }
    }
}
