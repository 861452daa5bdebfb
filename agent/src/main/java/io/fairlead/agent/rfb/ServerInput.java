package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What reaches the server. One message at a time, whole; whether input passes is asked at the last moment, under the same
 * lock as the writing: once {@link #letGo} has returned after the gate was shut, nothing of the viewer comes any more.
 *
 * <p>Keys and buttons that the viewer holds down are known, so that none stays down when input ends: a Ctrl that is held for
 * ever, or a button that keeps the pointer to itself, would lame the person at the instrument.
 */
final class ServerInput {
    /** No hand holds more. */
    private static final int MOST_KEYS = 64;

    private final Sink to;
    private final Terms terms;
    private final BooleanSupplier gate;
    private final LongSupplier ticks;
    private final Tally tally;
    private final Set<Integer> keys = new LinkedHashSet<>();
    private int buttons;
    private int x;
    private int y;
    private volatile long last;

    ServerInput(Sink to, Terms terms, BooleanSupplier gate, LongSupplier ticks, Tally tally) {
        this.to = to;
        this.terms = terms;
        this.gate = gate;
        this.ticks = ticks;
        this.tally = tally;
        this.last = ticks.getAsLong();
    }

    /** Nanoseconds since the viewer last did something, whether it passed or not. */
    long idle() {
        return ticks.getAsLong() - last;
    }

    /** What is no input, and passes always. */
    synchronized void send(ByteBuffer whole) throws Over {
        to.write(whole);
    }

    synchronized void key(boolean down, int key) throws Over {
        if (!passes() || (down && !keys.contains(key) && keys.size() == MOST_KEYS)) {
            tally.droppedInput.incrementAndGet();
            return;
        }
        if (down) {
            keys.add(key);
        } else {
            keys.remove(key);
        }
        writeKey(down, key);
        tally.keys.incrementAndGet();
    }

    synchronized void pointer(int mask, int atX, int atY) throws Over {
        if (!passes()) {
            tally.droppedInput.incrementAndGet();
            return;
        }
        buttons = mask;
        x = atX;
        y = atY;
        writePointer();
        tally.pointers.incrementAndGet();
    }

    synchronized void text(byte[] text) throws Over {
        if (!passes() || !terms.texts()) {
            tally.droppedInput.incrementAndGet();
            return;
        }
        to.write(ByteBuffer.allocate(8).putInt(0, 6 << 24).putInt(4, text.length));
        to.write(text);
        tally.textsIn.incrementAndGet();
    }

    /** A text that was not even read. */
    void dropped() {
        last = ticks.getAsLong();
        tally.droppedInput.incrementAndGet();
    }

    /** Releases all that the viewer holds down, and sends everything. */
    synchronized void letGo() throws Over {
        for (int key : keys) {
            writeKey(false, key);
        }
        keys.clear();
        if (buttons != 0) {
            buttons = 0;
            writePointer();
        }
        to.flush();
    }

    synchronized void flush() throws Over {
        to.flush();
    }

    private boolean passes() throws Over {
        last = ticks.getAsLong();
        if (!terms.input()) {
            return false;
        }
        if (gate.getAsBoolean()) {
            return true;
        }
        if (buttons != 0 || !keys.isEmpty()) {
            letGo();
        }
        return false;
    }

    private void writeKey(boolean down, int key) throws Over {
        ByteBuffer message = ByteBuffer.allocate(8).put((byte) 4).put((byte) (down ? 1 : 0));
        to.write(message.putInt(4, key));
    }

    private void writePointer() throws Over {
        ByteBuffer message = ByteBuffer.allocate(6).put((byte) 5).put((byte) buttons);
        to.write(message.putShort((short) x).putShort((short) y));
    }
}
