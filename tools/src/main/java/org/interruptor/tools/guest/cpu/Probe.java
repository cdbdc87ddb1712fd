package org.interruptor.tools.guest.cpu;

import org.interruptor.tools.guest.translation.Space;
import org.interruptor.tools.guest.translation.TableWalk;
import org.interruptor.tools.guest.translation.TranslationCode;

/**
 * Asks about an access without making it: TEST PROTECTION, LOAD REAL ADDRESS, MOVE PAGE. No bit of a storage key is set.
 *
 * <p>Threads: the CPU's own.
 */
public final class Probe {
    private final PageAccess access;

    Probe(PageAccess access) {
        this.access = access;
    }

    /**
     * Tests protection.
     *
     * @param space the space.
     * @param address effective address.
     * @param isStore whether it is stored into.
     * @return 0 if the access is permitted; 1 if protection forbids it; 3 if there is no translation.
     * @throws ProgramException ADDRESSING or TRANSLATION_SPECIFICATION.
     */
    public int protection(Space space, long address, boolean isStore) {
        int answer = access.decide(space, address, isStore);
        if (answer == TranslationCode.NONE || access.isFetchOverridden(answer, space, address, isStore)) {
            return 0;
        }
        if (answer < 0) {
            return 1;
        }
        if (TranslationCode.isTranslationException(answer)) {
            return 3;
        }
        throw access.refusal(answer, space, address, isStore);
    }

    /**
     * Translates.
     *
     * @param space the space.
     * @param address effective address.
     * @return {@link TranslationCode#NONE} or the code of a translation exception; the rest is in {@link #walk}.
     * @throws ProgramException ADDRESSING or TRANSLATION_SPECIFICATION.
     */
    public int translate(Space space, long address) {
        int code = access.walk().walk(space.asce(), address);
        if (code == TranslationCode.NONE || TranslationCode.isTranslationException(code)) {
            return code;
        }
        throw access.refusal(code, space, address, false);
    }

    /**
     * The result of the last {@link #translate}.
     *
     * @return the same object always.
     */
    public TableWalk walk() {
        return access.walk();
    }
}
