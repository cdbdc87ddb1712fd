package org.interruptor.tools.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Unsigned numbers of at most 64 bits in arguments: decimal, or hexadecimal with 0x. */
public final class Numbers implements ITypeConverter<Long> {

    @Override
    public Long convert(String value) {
        boolean isHex = value.startsWith("0x") || value.startsWith("0X");
        try {
            return isHex ? Long.parseUnsignedLong(value.substring(2), 16) : Long.parseUnsignedLong(value);
        } catch (NumberFormatException wrong) {
            throw new TypeConversionException(
                    "'" + value + "' is not a number, expected a decimal one or a hexadecimal one with 0x");
        }
    }
}
