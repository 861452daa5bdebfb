package io.fairlead.enterprise.tunnel;

import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Sees every byte of a stream, for a recording. Called by one stream, in the order of each direction. */
public interface StreamTap {
    /** Sees nothing. */
    StreamTap NONE = new StreamTap() {
        @Override
        public Future<Void> take(boolean fromAgent, Buffer bytes) {
            return Future.succeededFuture();
        }

        @Override
        public void statement(SignedText said) {
            // Nothing is recorded that it could vouch for.
        }

        @Override
        public Future<Void> close(StreamCause cause) {
            return Future.succeededFuture();
        }
    };

    /**
     * Takes note of bytes, which must not be changed, and are others once the future is done.
     *
     * @return done when there is room for more; the stream waits for it as it waits for a slow reader. Failed when they
     *     cannot be kept: the stream ends, for what is not recorded is not shown
     */
    Future<Void> take(boolean fromAgent, Buffer bytes);

    /** What the agent says of all bytes that came before, in either direction; genuine, and of this stream. */
    void statement(SignedText said);

    /** Nothing more comes; done when all is kept. */
    Future<Void> close(StreamCause cause);
}
