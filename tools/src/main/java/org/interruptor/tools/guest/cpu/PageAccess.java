package org.interruptor.tools.guest.cpu;

import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Prefixing;
import org.interruptor.tools.guest.key.StorageKeys;
import org.interruptor.tools.guest.translation.Asce;
import org.interruptor.tools.guest.translation.ControlBits;
import org.interruptor.tools.guest.translation.Space;
import org.interruptor.tools.guest.translation.TableWalk;
import org.interruptor.tools.guest.translation.Tlb;
import org.interruptor.tools.guest.translation.TranslationCode;

/**
 * An access to a page that the TLB does not have: the rules in their order, each a refusal.
 *
 * <pre>
 *   store at a low address?  --> tables --> page protection? --> prefixing --> is it there? --> key --> TLB
 * </pre>
 *
 * <p>Threads: the CPU's own. Source: Principles of Operation, chapters Storage (Protection, Translation) and Interruptions
 * (Priority of Access Exceptions).
 */
final class PageAccess {
    /** Answers of {@link #decide}, besides the codes of {@link TranslationCode}. */
    static final int LOW_ADDRESS = -1;

    static final int PAGE_PROTECTION = -2;
    static final int KEY_PROTECTION = -3;

    private static final int PAGE_LENGTH = GuestMemory.PAGE_LENGTH;
    private static final long PAGE_MASK = -PAGE_LENGTH;

    /** Addresses 0 to 511 and 4096 to 4607 have none of these bits. */
    private static final long NOT_LOW = ~0x11ffL;

    /** Both pages of low addresses have none of these bits. */
    private static final long NOT_LOW_PAGE = ~0x1fffL;

    /** Fetch-protection override is for addresses below this one. */
    private static final int OVERRIDDEN = 2048;

    private final GuestMemory memory;
    private final StorageKeys keys;
    private final Registers registers;
    private final ParameterException exception;
    private final TableWalk walk;
    private final Tlb fetches;
    private final Tlb stores;
    private long page;

    PageAccess(MainStorage storage, Registers registers, ParameterException exception, Tlb fetches, Tlb stores) {
        memory = storage.memory();
        keys = storage.keys();
        walk = new TableWalk(memory);
        this.registers = registers;
        this.exception = exception;
        this.fetches = fetches;
        this.stores = stores;
    }

    TableWalk walk() {
        return walk;
    }

    /**
     * Makes a page accessible.
     *
     * @param space the space.
     * @param address an address.
     * @param isStore whether it is stored into.
     * @return the absolute address.
     * @throws ProgramException whatever stands against it.
     */
    long resolve(Space space, long address, boolean isStore) {
        boolean isLowPage = isStore && (address & NOT_LOW_PAGE) == 0 && isLowAddressProtected(space);
        Tlb tlb = isStore ? stores : fetches;
        if (isLowPage && (address & NOT_LOW) != 0) {
            long distance = tlb.find(address, 0, space.number() | Tlb.PARTLY_PROTECTED);
            if (distance != Tlb.MISS) {
                return address + distance;
            }
        }
        int answer = decide(space, address, isStore);
        if (answer != TranslationCode.NONE && !isFetchOverridden(answer, space, address, isStore)) {
            throw refusal(answer, space, address, isStore);
        }
        keys.use(page, isStore);
        if (answer == TranslationCode.NONE) { // an overridden page stays outside: its other half is protected
            tlb.enter(address, isLowPage ? space.number() | Tlb.PARTLY_PROTECTED : space.number(), page);
        }
        return page | (address & ~PAGE_MASK);
    }

    /**
     * Whether a page may be accessed. Sets no bit of the key.
     *
     * @return {@link TranslationCode#NONE} if it may; else what stands against it. Fetch-protection override is not regarded.
     */
    int decide(Space space, long address, boolean isStore) {
        if (isStore && (address & NOT_LOW) == 0 && isLowAddressProtected(space)) {
            return LOW_ADDRESS;
        }
        int code = walk.walk(space.asce(), address);
        if (code != TranslationCode.NONE) {
            return code;
        }
        if (isStore && walk.isProtected()) {
            return PAGE_PROTECTION;
        }
        page = Prefixing.realToAbsolute(walk.frame(), registers.prefix());
        if (!memory.contains(page, PAGE_LENGTH)) {
            return TranslationCode.ADDRESSING;
        }
        boolean isOverridden = isOn(ControlBits.STORAGE_PROTECTION_OVERRIDE);
        return StorageKeys.isPermitted(keys.key(page), space.key(), isStore, isOverridden)
                ? TranslationCode.NONE
                : KEY_PROTECTION;
    }

    boolean isFetchOverridden(int answer, Space space, long address, boolean isStore) {
        return answer == KEY_PROTECTION
                && !isStore
                && address >= 0
                && address < OVERRIDDEN
                && isOn(ControlBits.FETCH_PROTECTION_OVERRIDE)
                && !Asce.isPrivate(space.asce());
    }

    private boolean isLowAddressProtected(Space space) {
        return isOn(ControlBits.LOW_ADDRESS_PROTECTION) && !Asce.isPrivate(space.asce());
    }

    private boolean isOn(long bit) {
        return (registers.control(0) & bit) != 0;
    }

    ProgramException refusal(int answer, Space space, long address, boolean isStore) {
        return switch (answer) {
            case LOW_ADDRESS, KEY_PROTECTION -> exception.protection(address, space.control(), isStore);
            case PAGE_PROTECTION -> exception.pageProtection(address, space.control());
            case TranslationCode.ADDRESSING -> ProgramException.ADDRESSING;
            case TranslationCode.SPECIFICATION -> ProgramException.TRANSLATION_SPECIFICATION;
            default -> exception.translation(answer, address, space.control(), isStore);
        };
    }
}
