/**
 * The instructions of the machine, and the interpreter that executes them.
 *
 * <pre>
 *   Interpreter.run --> Storage.fetch --> InstructionTable.find --> Instruction.execute
 *                                               |                        |
 *                       first byte, rest of opcode                 format: operands are decoded ({@code Definitions})
 *                                                                        |
 *                                                                  the line of a table: what it does to the CPU
 * </pre>
 *
 * <p>An instruction is a line: {@code on.rxy(0xe304, "lg", (c, m, r1, a) -> c.gr(r1, m.load64(a)))}. Its format gives it the
 * operands, an exception of the guest's ends it, a condition code is set by {@code c.cc}. The tables are the classes named
 * after kinds of instructions; {@link org.interruptor.tools.guest.instruction.InstructionTable} names them all.
 *
 * <p>Threads: the tables are immutable; all else is the CPU's own.
 */
package org.interruptor.tools.guest.instruction;
