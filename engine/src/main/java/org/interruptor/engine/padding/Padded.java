package org.interruptor.engine.padding;

/**
 * 128 bytes, two cache lines, in front of the fields of an object that threads touch while others run. Superclass fields
 * come first in an object, and as they are ints none of the subclass's fits into a gap before them; so the fields of two
 * such objects never share a line, in any order that the heap has them, and nothing is needed behind.
 *
 * <p>For words that several threads write see {@link PaddedWords}.
 */
public abstract class Padded {
    // spotless:off
    @SuppressWarnings("unused")
    private int
            p00, p01, p02, p03, p04, p05, p06, p07,
            p10, p11, p12, p13, p14, p15, p16, p17,
            p20, p21, p22, p23, p24, p25, p26, p27,
            p30, p31, p32, p33, p34, p35, p36, p37;
    // spotless:on
}
