package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of the command line, from its peer's credentials to its end. Runs on a thread of its own. */
final class Conversation {
    /** How long a request may take to arrive, and an answer to leave. */
    static final Duration IDLE = Duration.ofSeconds(30);

    /** How long a command may run; those that wait for something give up well before. */
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(Conversation.class);

    private final SocketChannel channel;
    private final Peers peers;
    private final Commands commands;
    private final Timers timers;
    private final Supplier<String> correlations;
    private final Lines lines;

    Conversation(SocketChannel channel, Peers peers, Commands commands, Timers timers, Supplier<String> correlations) {
        this.channel = channel;
        this.peers = peers;
        this.commands = commands;
        this.timers = timers;
        this.correlations = correlations;
        this.lines = new Lines(channel, channel, Lines.LONGEST);
    }

    /** Speaks until the peer leaves, idles too long or sends what is no line; closes the channel. */
    void run() {
        try (channel) {
            Optional<Actor> actor = peers.actor(channel);
            if (actor.isEmpty()) {
                say(error(null, new Refusal(Fault.OPERATOR_REFUSED, "the peer is another user")));
                return;
            }
            converse(actor.get());
        } catch (ClosedChannelException ended) {
            log.debug("command socket: closed on an idle or stopped connection");
        } catch (IOException gone) {
            log.debug("command socket: peer gone error=\"{}\"", gone.getMessage());
        }
    }

    private void converse(Actor actor) throws IOException {
        while (true) {
            Optional<String> line;
            try {
                line = hear();
            } catch (Refusal unreadable) {
                // The stream is out of step now: say why, and hang up.
                say(error(actor, unreadable));
                return;
            }
            if (line.isEmpty()) {
                return;
            }
            say(answer(actor, line.get()));
        }
    }

    private Optional<String> hear() throws IOException {
        Timers.Timer idle = timers.after(IDLE, this::hangUp);
        try {
            return lines.next();
        } finally {
            idle.cancel();
        }
    }

    private void say(JsonObject answer) throws IOException {
        Timers.Timer stuck = timers.after(IDLE, this::hangUp);
        try {
            lines.write(answer.encode());
        } finally {
            stuck.cancel();
        }
    }

    private void hangUp() {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            log.debug("command socket: close failed error=\"{}\"", alreadyBroken.getMessage());
        }
    }

    private JsonObject answer(Actor actor, String line) {
        try {
            if (!(Json.decodeValue(line) instanceof JsonObject request)) {
                throw new Refusal(Fault.INVALID, "a request is a JSON object");
            }
            JsonObject ok = commands.run(actor, request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LONGEST_COMMAND.toSeconds(), TimeUnit.SECONDS);
            return new JsonObject().put("ok", ok);
        } catch (DecodeException malformed) {
            return error(actor, new Refusal(Fault.INVALID, "a request is one line of JSON", malformed));
        } catch (ExecutionException failed) {
            return error(actor, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException tooLong) {
            return error(actor, tooLong);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return error(actor, new Refusal(Fault.STOPPING, "the server stops", stopping));
        } catch (RuntimeException refusedOrBug) {
            return error(actor, refusedOrBug);
        }
    }

    /** The one place where this lane turns what went wrong into an answer, and logs it once. */
    private JsonObject error(@Nullable Actor actor, Throwable cause) {
        String correlation = correlations.get();
        Fault fault;
        JsonObject error = new JsonObject();
        if (cause instanceof Refusal refusal) {
            fault = refusal.fault();
            // The peer owns the server and may read its log: he gets the detail as well.
            error.put("detail", detail(refusal));
            log.info("command refused actor={} correlation={} detail=\"{}\"", actor, correlation, refusal.getMessage());
        } else if (cause instanceof ClosedConnectionException || cause instanceof ConnectException) {
            fault = Fault.UNAVAILABLE;
            log.warn("command failed actor={} correlation={} error=\"{}\"", actor, correlation, cause.getMessage());
        } else {
            fault = Fault.INTERNAL;
            log.error("command failed actor={} correlation={}", actor, correlation, cause);
        }
        error.put("key", fault.key()).put("text", fault.text()).put("correlation", correlation);
        return new JsonObject().put("error", error);
    }

    private static String detail(Refusal refusal) {
        String message = String.valueOf(refusal.getMessage());
        String prefix = refusal.fault().key() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
