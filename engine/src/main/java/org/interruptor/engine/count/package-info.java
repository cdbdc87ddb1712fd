/** Counters in memory, and nothing else. */
package org.interruptor.engine.count;
