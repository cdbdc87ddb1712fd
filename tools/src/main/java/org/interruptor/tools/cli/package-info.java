/**
 * What all subcommands of {@code interruptor} share: how errors are told, and where output goes.
 *
 * <p>A subcommand prints with {@code spec.commandLine().getOut()} and {@code getErr()}, and answers bad input with a
 * {@link org.interruptor.tools.cli.CommandException}.
 */
package org.interruptor.tools.cli;
