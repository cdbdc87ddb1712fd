/** A pass: what may be taken is taken, counted and stored into the lowcore ({@link org.interruptor.engine.deliver.Delivery}). */
package org.interruptor.engine.deliver;
