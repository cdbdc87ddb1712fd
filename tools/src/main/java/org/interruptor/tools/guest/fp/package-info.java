/**
 * Binary floating point as IEEE 754 and the architecture have it: formats, rounding, exceptions. Nothing here knows a CPU; the
 * instructions are tables in {@code instruction}.
 *
 * <pre>
 *   operands, packed --- BinaryFormat.unpack ---> BinaryValue --- ExactArithmetic ---> what the result is before rounding
 *                                                                                         |
 *                     result, packed &lt;--- BinaryFormat.pack --- BinaryValue &lt;--- Rounder -+
 *                                                                                         |
 *                                                       BinaryOperation: flags to be set, or the trap
 * </pre>
 *
 * <p>{@code ExactArithmetic} computes with {@code BigInteger}: each format, each rounding mode, each exception. Most operations
 * of most programs round to nearest, enable no trap and stay inside the range: {@code PlainArithmetic} has for those the tests
 * that say whether the result of Java's own arithmetic is exact.
 *
 * <p>Source: IEEE 754-2008; Principles of Operation, chapters Floating-Point Overview and Support Instructions, and
 * Binary-Floating-Point Instructions.
 *
 * <p>Threads: values and formats are immutable; a {@code BinaryOperation} is one thread's.
 */
package org.interruptor.tools.guest.fp;
