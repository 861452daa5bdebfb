package io.fairlead.agent.rfb;

import java.util.concurrent.atomic.AtomicLong;

/** Counted by two threads, read by any. */
final class Tally {
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong updates = new AtomicLong();
    final AtomicLong keys = new AtomicLong();
    final AtomicLong pointers = new AtomicLong();
    final AtomicLong textsIn = new AtomicLong();
    final AtomicLong textsOut = new AtomicLong();
    final AtomicLong droppedInput = new AtomicLong();
    final AtomicLong droppedTexts = new AtomicLong();

    Counts counts() {
        return new Counts(
                bytes.get(),
                updates.get(),
                keys.get(),
                pointers.get(),
                textsIn.get(),
                textsOut.get(),
                droppedInput.get(),
                droppedTexts.get());
    }
}
