/**
 * The time-of-day clock behind the guests' clocks.
 *
 * <p>A machine has one {@link org.interruptor.engine.clock.TodClock}; a vCPU adds its epoch. All implementations may be
 * read by any thread at any time.
 */
package org.interruptor.engine.clock;
