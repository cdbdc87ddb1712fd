package org.interruptor.tools.guest.instruction;

import java.util.function.LongFunction;

/**
 * The instruction formats: how many bits of the opcode stand where, and how the operands are spelled out in a trace.
 *
 * <p>Source: Principles of Operation, chapter Program Execution, Instruction Formats.
 */
enum Format {
    E(Second.BYTE_1, c -> ""),
    I(Second.NONE, c -> hex(Fields.byte1(c))),
    RR(Second.NONE, c -> r(c, 8) + "," + r(c, 12)),
    RRE(Second.BYTE_1, c -> r(c, 24) + "," + r(c, 28)),
    RRF(Second.BYTE_1, c -> r(c, 24) + "," + r(c, 28) + "," + Fields.nibble(c, 16)),
    RRF_M(Second.BYTE_1, c -> r(c, 24) + "," + Fields.nibble(c, 16) + "," + r(c, 28) + "," + Fields.nibble(c, 20)),
    RRD(Second.BYTE_1, c -> r(c, 16) + "," + r(c, 24) + "," + r(c, 28)),
    RX(Second.NONE, c -> r(c, 8) + "," + indexed(c, Fields.d2(c))),
    RXE(Second.BYTE_5, c -> r(c, 8) + "," + indexed(c, Fields.d2(c))),
    RXF(Second.BYTE_5, c -> r(c, 32) + "," + r(c, 8) + "," + indexed(c, Fields.d2(c))),
    RXY(Second.BYTE_5, c -> r(c, 8) + "," + indexed(c, Fields.longD2(c))),
    RS(Second.NONE, c -> r(c, 8) + "," + r(c, 12) + "," + based(c, Fields.d2(c))),
    RSY(Second.BYTE_5, c -> r(c, 8) + "," + r(c, 12) + "," + based(c, Fields.longD2(c))),
    RSI(Second.NONE, c -> r(c, 8) + "," + r(c, 12) + "," + relative(Fields.half1(c))),
    RI(Second.NIBBLE_3, c -> r(c, 8) + "," + Fields.half1(c)),
    RI_BRANCH(Second.NIBBLE_3, c -> r(c, 8) + "," + relative(Fields.half1(c))),
    RIL(Second.NIBBLE_3, c -> r(c, 8) + "," + Fields.word1(c)),
    RIL_RELATIVE(Second.NIBBLE_3, c -> r(c, 8) + "," + relative(Fields.word1(c))),
    RIE_A(Second.BYTE_5, c -> r(c, 8) + "," + Fields.half1(c) + "," + Fields.nibble(c, 32)),
    RIE_B(Second.BYTE_5, c -> r(c, 8) + "," + r(c, 12) + "," + Fields.nibble(c, 32) + "," + relative(Fields.half1(c))),
    RIE_C(
            Second.BYTE_5,
            c -> r(c, 8) + "," + (byte) Fields.byteAt(c, 32) + "," + Fields.r2(c) + "," + relative(Fields.half1(c))),
    RIE_D(Second.BYTE_5, c -> r(c, 8) + "," + r(c, 12) + "," + Fields.half1(c)),
    RIE_E(Second.BYTE_5, c -> r(c, 8) + "," + r(c, 12) + "," + relative(Fields.half1(c))),
    RIE_F(
            Second.BYTE_5,
            c -> r(c, 8) + "," + r(c, 12) + "," + Fields.byteAt(c, 16) + "," + Fields.byteAt(c, 24) + ","
                    + Fields.byteAt(c, 32)),
    RIS(
            Second.BYTE_5,
            c -> r(c, 8) + "," + (byte) Fields.byteAt(c, 32) + "," + Fields.r2(c) + "," + based(c, Fields.d2(c))),
    RRS(Second.BYTE_5, c -> r(c, 8) + "," + r(c, 12) + "," + Fields.nibble(c, 32) + "," + based(c, Fields.d2(c))),
    S(Second.BYTE_1, c -> based(c, Fields.d2(c))),
    SI(Second.NONE, c -> based(c, Fields.d2(c)) + "," + hex(Fields.byte1(c))),
    SIY(Second.BYTE_5, c -> based(c, Fields.longD2(c)) + "," + hex(Fields.byte1(c))),
    SIL(Second.BYTE_1, c -> based(c, Fields.d2(c)) + "," + Fields.half2(c)),
    SS(
            Second.NONE,
            c -> Fields.d2(c) + "(" + (Fields.byte1(c) + 1) + ",%r" + Fields.b2(c) + ")," + Fields.secondD(c) + "(%r"
                    + Fields.secondB(c) + ")"),
    SSD(
            Second.NONE,
            c -> Fields.d2(c) + "(" + r(c, 8) + "," + "%r" + Fields.b2(c) + ")," + Fields.secondD(c) + "(%r"
                    + Fields.secondB(c) + ")," + r(c, 12)),
    SS_N(
            Second.NONE,
            c -> Fields.d2(c) + "(" + Fields.r1(c) + ",%r" + Fields.b2(c) + ")," + Fields.secondD(c) + "("
                    + Fields.r2(c) + ",%r" + Fields.secondB(c) + ")"),
    SSF(
            Second.NIBBLE_3,
            c -> based(c, Fields.d2(c)) + "," + Fields.secondD(c) + "(%r" + Fields.secondB(c) + ")," + r(c, 8)),
    SSE(Second.BYTE_1, c -> based(c, Fields.d2(c)) + "," + Fields.secondD(c) + "(%r" + Fields.secondB(c) + ")");

    /** Where the opcode goes on behind the first byte. */
    enum Second {
        /** Nowhere: it is 8 bits. */
        NONE,
        /** In bits 12 to 15. */
        NIBBLE_3,
        /** In bits 8 to 15. */
        BYTE_1,
        /** In bits 40 to 47. */
        BYTE_5
    }

    private final Second second;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final LongFunction<String> operands;

    Format(Second second, LongFunction<String> operands) {
        this.second = second;
        this.operands = operands;
    }

    Second second() {
        return second;
    }

    String operands(long code) {
        return operands.apply(code);
    }

    private static String r(long code, int bit) {
        return "%r" + Fields.nibble(code, bit);
    }

    private static String based(long code, int displacement) {
        return displacement + "(%r" + Fields.b2(code) + ")";
    }

    private static String indexed(long code, int displacement) {
        return displacement + "(%r" + Fields.r2(code) + ",%r" + Fields.b2(code) + ")";
    }

    private static String relative(long halfwords) {
        return halfwords < 0 ? ".-" + -2 * halfwords : ".+" + 2 * halfwords;
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
