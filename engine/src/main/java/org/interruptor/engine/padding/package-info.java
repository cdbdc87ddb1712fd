/**
 * Lowest floor: distance between what different threads write. {@link org.interruptor.engine.padding.Line} for a few named
 * words, {@link org.interruptor.engine.padding.PaddedWords} for many indexed ones, {@link
 * org.interruptor.engine.padding.Padded} for an object whose own fields must not share a line with its neighbour.
 */
package org.interruptor.engine.padding;
