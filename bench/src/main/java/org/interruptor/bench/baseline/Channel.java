package org.interruptor.bench.baseline;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/** A first-in first-out queue without locks, from a library, with a bound. Threads: any. */
interface Channel {
    boolean offer(Interruption interruption);

    Interruption poll();

    boolean isEmpty();

    /** JCTools' queue for many producers and many consumers, which is bounded. */
    static Channel mpmc(int capacity) {
        Queue<Interruption> queue = new MpmcVarHandleArrayQueue<>(capacity);
        return new Channel() {
            @Override
            public boolean offer(Interruption interruption) {
                return queue.offer(interruption);
            }

            @Override
            public Interruption poll() {
                return queue.poll();
            }

            @Override
            public boolean isEmpty() {
                return queue.isEmpty();
            }
        };
    }

    /** The JDK's, with a count beside it as its bound. */
    static Channel concurrentLinkedQueue(int capacity) {
        Queue<Interruption> queue = new ConcurrentLinkedQueue<>();
        AtomicInteger queued = new AtomicInteger();
        return new Channel() {
            @Override
            public boolean offer(Interruption interruption) {
                if (queued.getAndIncrement() >= capacity) {
                    queued.getAndDecrement();
                    return false;
                }
                return queue.offer(interruption);
            }

            @Override
            public Interruption poll() {
                Interruption interruption = queue.poll();
                if (interruption != null) {
                    queued.getAndDecrement();
                }
                return interruption;
            }

            @Override
            public boolean isEmpty() {
                return queue.isEmpty();
            }
        };
    }
}
