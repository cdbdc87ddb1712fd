/** Who is woken: the wait word ({@link org.interruptor.engine.wake.WaitWord}), the wait itself ({@link org.interruptor.engine.wake.Waiting}), choosing a vCPU ({@link org.interruptor.engine.wake.Notifier}, {@link org.interruptor.engine.wake.Waiters}) and handing on ({@link org.interruptor.engine.wake.HandOn}). */
package org.interruptor.engine.wake;
