/**
 * The instructions of the machine, and the interpreter that executes them.
 *
 * <pre>
 *   Interpreter.run --> Storage.fetch --> InstructionTable.decoder --> Decoder.execute
 *                                               |                        |
 *                       first byte, rest of opcode                 a format's: operands are decoded
 *                                                                        |  inlined
 *                                                                  the line of a table: what it does to the CPU
 * </pre>
 *
 * <p>An instruction is a line: {@code on.rxy(0xe304, "lg", (c, m, r1, a) -> c.gr(r1, m.load64(a)))}. Its format gives it the
 * operands, an exception of the guest's ends it, a condition code is set by {@code c.cc}. The tables are the classes named
 * after kinds of instructions; {@link org.interruptor.tools.guest.instruction.InstructionTable} names them all.
 *
 * <h2>Speed</h2>
 *
 * <p>Nothing is translated and nothing kept of an instruction: see {@link org.interruptor.tools.guest.cpu.FetchUnit}. What an instruction
 * costs is the chain from its address over its bytes to the next address, the search by two loads, and one dispatch. Each line of
 * a table has a copy of its format's decoder class ({@code DecoderCopies}), into which the JIT compiler inlines what the line
 * does. A format that is new needs no such class: {@code Definitions} takes a function too, at the price of a second dispatch.
 *
 * <p>Threads: the tables are immutable; all else is the CPU's own.
 */
package org.interruptor.tools.guest.instruction;
