package io.fairlead.enterprise.tunnel;

import io.fairlead.statements.Ticket;
import io.vertx.core.buffer.Buffer;
import java.util.function.LongSupplier;

/**
 * When somebody last did something in a stream: in a desktop the viewer's keys, pointer and clipboard, for its pictures come
 * by themselves and are asked for by a program; elsewhere any byte.
 */
final class Activity {
    private final LongSupplier nanos;
    private final boolean desktop;
    private final ViewerInput input = new ViewerInput();
    private volatile long last;

    Activity(Ticket.Kind kind, LongSupplier nanos) {
        this.nanos = nanos;
        this.desktop = kind == Ticket.Kind.RFB;
        this.last = nanos.getAsLong();
    }

    void fromAgent(Buffer bytes) {
        if (!desktop) {
            noticed();
        }
    }

    /** To be called in the order of the bytes. */
    void fromViewer(Buffer bytes) {
        if (!desktop || input.isIn(bytes)) {
            noticed();
        }
    }

    private void noticed() {
        last = nanos.getAsLong();
    }

    long quietNanos() {
        return nanos.getAsLong() - last;
    }
}
