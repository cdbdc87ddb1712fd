package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LowcoreTest {

    private static final int SIZE = 0x8000;
    private static final int PREFIX = 0x4000;

    /** The table of interruptions.md, section 1, a PSW as its two halves. */
    @SuppressWarnings("ImmutableEnumChecker") // The functions are method references: without state.
    enum Field {
        EXTERNAL_PARAMETER(0x80, 4, Lowcore::externalParameter, (l, v) -> l.externalParameter((int) v)),
        EXTERNAL_CPU_ADDRESS(0x84, 2, Lowcore::externalCpuAddress, (l, v) -> l.externalCpuAddress((int) v)),
        EXTERNAL_CODE(0x86, 2, Lowcore::externalCode, (l, v) -> l.externalCode((int) v)),
        PROGRAM_ILC(0x8c, 2, Lowcore::programIlc, (l, v) -> l.programIlc((int) v)),
        PROGRAM_CODE(0x8e, 2, Lowcore::programCode, (l, v) -> l.programCode((int) v)),
        RESTART_OLD_PSW_MASK(0x120, 8, Lowcore::restartOldPswMask, Lowcore::restartOldPswMask),
        RESTART_OLD_PSW_ADDRESS(0x128, 8, Lowcore::restartOldPswAddress, Lowcore::restartOldPswAddress),
        EXTERNAL_OLD_PSW_MASK(0x130, 8, Lowcore::externalOldPswMask, Lowcore::externalOldPswMask),
        EXTERNAL_OLD_PSW_ADDRESS(0x138, 8, Lowcore::externalOldPswAddress, Lowcore::externalOldPswAddress),
        PROGRAM_OLD_PSW_MASK(0x150, 8, Lowcore::programOldPswMask, Lowcore::programOldPswMask),
        PROGRAM_OLD_PSW_ADDRESS(0x158, 8, Lowcore::programOldPswAddress, Lowcore::programOldPswAddress),
        RESTART_NEW_PSW_MASK(0x1a0, 8, Lowcore::restartNewPswMask, Lowcore::restartNewPswMask),
        RESTART_NEW_PSW_ADDRESS(0x1a8, 8, Lowcore::restartNewPswAddress, Lowcore::restartNewPswAddress),
        EXTERNAL_NEW_PSW_MASK(0x1b0, 8, Lowcore::externalNewPswMask, Lowcore::externalNewPswMask),
        EXTERNAL_NEW_PSW_ADDRESS(0x1b8, 8, Lowcore::externalNewPswAddress, Lowcore::externalNewPswAddress),
        PROGRAM_NEW_PSW_MASK(0x1d0, 8, Lowcore::programNewPswMask, Lowcore::programNewPswMask),
        PROGRAM_NEW_PSW_ADDRESS(0x1d8, 8, Lowcore::programNewPswAddress, Lowcore::programNewPswAddress),
        EXTERNAL_PARAMETER_64(0x11b8, 8, Lowcore::externalParameter64, Lowcore::externalParameter64);

        final int offset;
        final int width;
        final ToLongFunction<Lowcore> getter;
        final ObjLongConsumer<Lowcore> setter;

        Field(int offset, int width, ToLongFunction<Lowcore> getter, ObjLongConsumer<Lowcore> setter) {
            this.offset = offset;
            this.width = width;
            this.getter = getter;
            this.setter = setter;
        }

        /** A value with another byte, each with its sign bit set, at each place of the field. */
        byte[] bytes() {
            byte[] bytes = new byte[width];
            for (int i = 0; i < width; i++) {
                bytes[i] = (byte) (0x81 + i);
            }
            return bytes;
        }

        long value() {
            long value = 0;
            for (byte each : bytes()) {
                value = (value << 8) | (each & 0xff);
            }
            return width == Integer.BYTES ? (int) value : value;
        }
    }

    private final GuestMemory memory = GuestMemory.allocate(SIZE);
    private final Lowcore lowcore = new Lowcore();

    @BeforeEach
    void wrap() {
        lowcore.wrap(memory, PREFIX);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @ParameterizedTest
    @EnumSource
    void aFieldIsReadBigEndianAtItsOffset(Field field) {
        memory.putBytes(PREFIX + field.offset, field.bytes(), 0, field.width);

        assertThat(field.getter.applyAsLong(lowcore)).isEqualTo(field.value());
        for (Field other : Field.values()) {
            if (other != field) {
                assertThat(other.getter.applyAsLong(lowcore)).as(other.name()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFieldIsStoredBigEndianAtItsOffsetAndNowhereElse(Field field) {
        byte[] expected = new byte[SIZE];
        Arrays.fill(expected, (byte) 0x5a);
        memory.putBytes(0, expected, 0, SIZE);
        System.arraycopy(field.bytes(), 0, expected, PREFIX + field.offset, field.width);

        field.setter.accept(lowcore, field.value());

        byte[] stored = new byte[SIZE];
        memory.getBytes(0, stored, 0, SIZE);
        assertThat(stored).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void thePublicOffsetIsTheTables(Field field) throws ReflectiveOperationException {
        assertThat(Lowcore.class.getField(field.name() + "_OFFSET").getInt(null))
                .isEqualTo(field.offset);
    }

    @Test
    void halfwordsAreUnsignedAndTheirUpperBytesDoNotCount() {
        lowcore.externalCode(0xabcdffff);
        lowcore.externalCpuAddress(-1);

        assertThat(lowcore.externalCode()).isEqualTo(0xffff);
        assertThat(lowcore.externalCpuAddress()).isEqualTo(0xffff);
        assertThat(lowcore.externalParameter()).isZero();
    }

    @Test
    void itFollowsThePrefix() {
        memory.putLong(0x1b0, 1);
        memory.putLong(0x6000 + 0x1b0, 2);

        lowcore.wrap(memory, 0);
        assertThat(lowcore.externalNewPswMask()).isEqualTo(1);
        lowcore.wrap(memory, 0x6000);
        assertThat(lowcore.externalNewPswMask()).isEqualTo(2);
        assertThat(lowcore.buffer().capacity()).isEqualTo(0x2000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 0x1000, 0x1fff, 0x2001, SIZE - 0x1000, SIZE, 0xffff_e000L, 0x1_0000_0000L, -0x2000})
    void aPrefixWithoutAPrefixAreaIsRefusedAndChangesNothing(long prefix) {
        memory.putInt(PREFIX + 0x80, 77);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> lowcore.wrap(memory, prefix))
                .withMessageContaining("0x" + Long.toHexString(prefix))
                .withMessageContaining("32768");
        assertThat(lowcore.externalParameter()).isEqualTo(77);
    }

    @Test
    void beforeItIsWrappedAnyAccessIsOutOfBounds() {
        Lowcore unwrapped = new Lowcore();
        for (Field field : Field.values()) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> field.getter.applyAsLong(unwrapped));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> field.setter.accept(unwrapped, 0));
        }
    }

    @Test
    void itOutlivesTheClosingOfItsStorage() {
        lowcore.externalParameter64(-5);
        memory.close();

        assertThat(lowcore.externalParameter64()).isEqualTo(-5);
    }
}
