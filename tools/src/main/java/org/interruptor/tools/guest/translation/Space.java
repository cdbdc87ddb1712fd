package org.interruptor.tools.guest.translation;

/**
 * One way for a CPU to reach storage: an address space and an access key. It changes with PSW and control registers.
 *
 * <p>Threads: the CPU's own.
 */
public final class Space {
    private long asce = Asce.REAL_SPACE;
    private int key;
    private AddressSpace control = AddressSpace.PRIMARY;
    private int number;

    Space() {}

    void set(AddressSpace newControl, long newAsce, int newKey, int newNumber) {
        control = newControl;
        asce = newAsce;
        key = newKey;
        number = newNumber;
    }

    /**
     * The ASCE.
     *
     * @return 64 bits; {@link Asce#REAL_SPACE} for storage without DAT.
     */
    public long asce() {
        return asce;
    }

    /**
     * The access key.
     *
     * @return 0 to 15; 0 may access all.
     */
    public int key() {
        return key;
    }

    /**
     * The space as a translation-exception identification names it.
     *
     * @return the address-space control.
     */
    public AddressSpace control() {
        return control;
    }

    /**
     * What stands for it in the tags of the TLB.
     *
     * @return 1 to 2047.
     */
    public int number() {
        return number;
    }
}
