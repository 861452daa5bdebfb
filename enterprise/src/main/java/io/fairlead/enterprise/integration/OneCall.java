package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.account.Call;
import io.fairlead.enterprise.cxf.Attachment;
import io.fairlead.enterprise.cxf.Includes;
import io.fairlead.enterprise.cxf.PackedBody.Packed;
import io.fairlead.enterprise.cxf.ReplyStream;
import io.fairlead.enterprise.cxf.SoapCall;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * One call from its head to its end. The gate uses it on the event loop, then one worker thread, then the event loop again:
 * never two at once.
 */
final class OneCall {
    /** How long a feature may take for an answer. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpServerRequest request;
    private final Wire wire;
    private final PublishedService service;
    private final Address address;
    private final String correlation;
    private final Context loop;
    private final Timer.Sample sample;
    private final RefusedDeeds refusals;
    private final Turnstile transfers;
    private final ReplyStream reply;
    private final CompletableFuture<Object> answer = new CompletableFuture<>();
    private @Nullable RequestHead head;
    private @Nullable Actor actor;
    private Turnstile.@Nullable Place place;
    private Turnstile.@Nullable Place moving;
    private boolean secured;
    private boolean dispatched;
    private volatile String operation = "-";

    OneCall(
            HttpServerRequest request,
            Wire wire,
            PublishedService service,
            Address address,
            String correlation,
            Context loop,
            Timer.Sample sample,
            RefusedDeeds refusals,
            Turnstile transfers) {
        this.request = request;
        this.wire = wire;
        this.service = service;
        this.address = address;
        this.correlation = correlation;
        this.loop = loop;
        this.sample = sample;
        this.refusals = refusals;
        this.transfers = transfers;
        this.reply = new ReplyStream(loop, request.response());
        // Whoever hangs up frees the thread that waits for his answer.
        request.response().closeHandler(gone -> answer.completeExceptionally(new IOException("the caller has gone")));
    }

    HttpServerRequest request() {
        return request;
    }

    Wire wire() {
        return wire;
    }

    Address address() {
        return address;
    }

    String correlation() {
        return correlation;
    }

    /** As far as it is known. */
    Call named() {
        return new Call(service.contract().name(), operation.equals("-") ? "" : operation, correlation);
    }

    /** As the log has it. */
    String name() {
        return service.contract().name() + "." + operation;
    }

    /** Null before it is known who calls. */
    @Nullable
    Actor actor() {
        return actor;
    }

    /** As the log has it. */
    String who() {
        return (actor == null ? "" : actor.audited() + "@") + "address:" + address.text();
    }

    /** Throws a Refusal. */
    void judgeHead() {
        head = RequestHead.judge(request, wire, service.contract().actions(), service.attached() != null);
    }

    RequestHead head() {
        return Objects.requireNonNull(head);
    }

    /** What the envelope's part says of itself. Throws a Refusal. */
    Packed judge(Packed body) {
        head = head().with(body, wire, service.contract().actions());
        return body;
    }

    /** @param secured whether the header of WS-Security said who calls */
    void enter(Actor who, Turnstile.Place where, boolean secured) {
        actor = who;
        place = where;
        this.secured = secured;
    }

    /** The header of WS-Security names somebody, too. Throws a Refusal when that is not who calls. */
    void secure(String name) {
        if (!Objects.requireNonNull(actor).is(name)) {
            throw new Refusal(Fault.ACCOUNT_REFUSED, "the UsernameToken names another account than the certificate");
        }
        secured = true;
    }

    void leave() {
        if (place != null) {
            place.leave();
        }
        if (moving != null) {
            moving.leave();
        }
    }

    /** Runs it on a worker thread, until all but the end of the answer is out. */
    Void run(Packed body) throws Exception {
        dispatched = true;
        RequestHead said = head();
        QName place = service.attached();
        service.endpoint(wire)
                .serve(new SoapCall(
                        said.type(),
                        said.action(),
                        secured,
                        place == null ? Includes.none() : Includes.in(place, body.attachment()),
                        new ByteArrayInputStream(body.envelope().getBytes()),
                        reply,
                        (named, request) -> answer(named, request, body)));
        return null;
    }

    /** Has the operation called on the event loop, as all lanes do, and waits for it here. */
    private Object answer(String named, Object asked, Packed body) throws Exception {
        operation = named;
        Actor who = Objects.requireNonNull(actor);
        if (service.operations().isTransfer(asked)) {
            moving = transfers.enter(who.name());
        }
        Attachment attachment = body.attachment();
        Caller caller = new Caller(who, address.text(), correlation, name(), refusals, body.type() != null, attachment);
        loop.runOnContext(now ->
                service.operations().call(caller, asked).onComplete(answer::complete, answer::completeExceptionally));
        while (true) {
            // As long as bytes are awaited from the caller, their own deadlines count.
            boolean coming = attachment != null && !attachment.isEnded();
            try {
                return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            } catch (TimeoutException e) {
                if (!coming) {
                    throw new TimeoutException("no answer within " + PATIENCE);
                }
            }
        }
    }

    /**
     * Sends the end of the answer, for which no place is needed any more: a caller who has it may have called again before this
     * is heard of here.
     */
    Future<Void> end() {
        leave();
        return reply.end();
    }

    /** Whether bytes of an answer have gone out. */
    boolean begun() {
        return reply.begun();
    }

    /** HTTP's own words before CXF has it; then those of SOAP, save where others than SOAP stacks have to understand. */
    int status(Fault fault) {
        return dispatched || secured ? FaultEnvelope.status(wire, fault) : fault.status();
    }

    void measure(CallMeters meters, String outcome) {
        meters.end(sample, service.contract().name(), operation, outcome);
    }
}
