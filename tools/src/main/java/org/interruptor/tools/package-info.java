/**
 * The {@code interruptor} command. {@link org.interruptor.tools.Main} is its root; each subcommand is a class in the package of
 * its subject; what all of them share, errors and standard output, is in {@code cli}.
 */
package org.interruptor.tools;
