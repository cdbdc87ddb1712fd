package org.interruptor.tools.guest.cpu;

import org.interruptor.tools.guest.translation.AddressSpace;
import org.interruptor.tools.guest.translation.TranslationCode;

/**
 * A program interruption with parameters. There is one object for each CPU, filled in anew for each condition: nothing is
 * allocated. {@code throw c.exception().data(0x08)}.
 *
 * <pre>
 *   translation-exception identification (TEID)
 *   0                                           52  53        61  62  63
 *  +-------------------------------------------+---+---+-----+---+------+
 *  | page of the address                       | fetch/|  0  | P |  AS  |
 *  |                                           | store |     |   |      |
 *  +-------------------------------------------+---+---+-----+---+------+
 *   P: the protection exception is one of a table entry's protection bit
 * </pre>
 *
 * <p>Threads: the CPU's own. Source: Principles of Operation, chapters Storage (Assigned Storage Locations) and Interruptions.
 */
public final class ParameterException extends ProgramException {
    private static final long serialVersionUID = 1L;

    private static final int PROTECTION = 0x04;
    private static final int DATA_EXCEPTION = 0x07;
    private static final int MONITOR_EVENT = 0x40;

    private static final long PAGE = 0xffff_ffff_ffff_f000L;
    private static final long FETCH = 0x800;
    private static final long STORE = 0x400;
    private static final long BY_TABLE_ENTRY = 0x4;

    private int currentCode;
    private long teid;
    private int operandId;
    private int dataCode;
    private int monitor;
    private long monitorCode;

    ParameterException() {
        super(0, true);
    }

    /**
     * An address that has no translation. Nullifying.
     *
     * @param code the exception: one of {@link TranslationCode#isTranslationException}.
     * @param address the address, in the page that failed.
     * @param space the space.
     * @param isStore whether it was to be stored into.
     * @return this.
     */
    public ParameterException translation(int code, long address, AddressSpace space, boolean isStore) {
        return access(code, address, space, isStore, 0);
    }

    /**
     * An access that is protected against by a key, or because of a low address. Suppressing.
     *
     * @param address the address.
     * @param space the space.
     * @param isStore whether it was to be stored into.
     * @return this.
     */
    public ParameterException protection(long address, AddressSpace space, boolean isStore) {
        return access(PROTECTION, address, space, isStore, 0);
    }

    /**
     * A store that a segment- or page-table entry protects against. Suppressing.
     *
     * @param address the address.
     * @param space the space.
     * @return this.
     */
    public ParameterException pageProtection(long address, AddressSpace space) {
        return access(PROTECTION, address, space, true, BY_TABLE_ENTRY);
    }

    private ParameterException access(int code, long address, AddressSpace space, boolean isStore, long bits) {
        currentCode = code;
        teid = (address & PAGE) | (isStore ? STORE : FETCH) | bits | space.code();
        operandId = 0;
        return this;
    }

    /**
     * Names the operands of MOVE PAGE.
     *
     * @param id the numbers of both registers, 4 bits each.
     * @return this.
     */
    public ParameterException operandAccessId(int id) {
        operandId = id;
        return this;
    }

    /**
     * A data exception.
     *
     * @param code data-exception code, 8 bits.
     * @return this.
     */
    public ParameterException data(int code) {
        currentCode = DATA_EXCEPTION;
        dataCode = code;
        return this;
    }

    /**
     * A monitor event. Completing.
     *
     * @param monitorClass 8 bits.
     * @param code monitor code, 64 bits.
     * @return this.
     */
    public ParameterException monitorEvent(int monitorClass, long code) {
        currentCode = MONITOR_EVENT;
        monitor = monitorClass;
        monitorCode = code;
        return this;
    }

    @Override
    public int code() {
        return currentCode;
    }

    @Override
    public boolean isNullifying() {
        return TranslationCode.isTranslationException(currentCode);
    }

    @Override
    public long translationExceptionId() {
        return teid;
    }

    @Override
    public int operandAccessId() {
        return operandId;
    }

    @Override
    public int dataExceptionCode() {
        return dataCode;
    }

    @Override
    public int monitorClass() {
        return monitor;
    }

    @Override
    public long monitorCode() {
        return monitorCode;
    }
}
