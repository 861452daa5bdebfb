package io.fairlead.agent.remote;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fairlead.agent.consent.Answer;
import io.fairlead.agent.consent.Question;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.contract.agent.SessionState;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionRequest;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One remote session, from the request to its end, on a thread of its own.
 *
 * <pre>
 *   ASKED ──yes, or policy──▶ GRANTED ──END_SESSION, the customer, either clock, the agent's stop──▶ over
 *     └──no, silence, policy, taken back──▶ over
 * </pre>
 */
final class OneSession {
    private static final long LOOK_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(OneSession.class);

    private final SessionRequest request;
    private final Question question;
    private final Desk desk;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private @Nullable StreamCause cause;
    private @Nullable Grant grant;
    private boolean shown;
    private long active;
    /** One for each change that is to be looked at. */
    private final Semaphore changes = new Semaphore(0);

    private final Runnable bell = changes::release;

    OneSession(SessionRequest request, Question question, Desk desk) {
        this.request = request;
        this.question = question;
        this.desk = desk;
    }

    SessionRequest request() {
        return request;
    }

    /** Empty while nobody has agreed. */
    synchronized Optional<Grant> grant() {
        return Optional.ofNullable(grant);
    }

    synchronized int streams() {
        return streams.size();
    }

    /** Who looks on beside whoever asked, each once. */
    List<String> watchers() {
        return copy().stream()
                .flatMap(stream -> stream.watcher().stream())
                .distinct()
                .toList();
    }

    /** Blocks until the session is over. */
    void run() {
        try {
            Thread asking = Thread.currentThread();
            Thread waker = new Thread(() -> wake(asking), "session-end");
            waker.setDaemon(true);
            waker.start();
            judge();
        } catch (InterruptedException e) {
            LOG.info("session={} state=TAKEN_BACK", request.session());
            String why = cause().map(StreamCause::words).orElse("taken back");
            declined(SessionState.UNANSWERED, why, Optional.empty());
        } catch (IOException | RuntimeException e) {
            LOG.error("session={} state=FAILED", request.session(), e);
            declined(SessionState.REFUSED, "the agent cannot do it; its log says why", Optional.empty());
            end(StreamCause.INTERNAL);
        } finally {
            over.countDown();
        }
    }

    /** A question is taken back by its thread being interrupted. */
    private void wake(Thread asking) {
        try {
            over.await();
            if (grant().isEmpty()) {
                asking.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge() throws IOException, InterruptedException {
        Optional<String> refusal = refusal();
        if (refusal.isPresent()) {
            declined(SessionState.REFUSED, refusal.get(), Optional.empty());
            return;
        }
        Receipt.Means means = Receipt.Means.POLICY_RULE;
        List<SessionService> services = request.services();
        String approver = "site.conf";
        boolean clipboard = false;
        if (desk.site().asks()) {
            Optional<String> widening = desk.noMore();
            if (widening.isPresent()) {
                declined(SessionState.REFUSED, "nobody is asked now: " + widening.get(), Optional.empty());
                return;
            }
            say(SessionState.ASKED, "", Optional.empty());
            Answer answer = desk.asking().ask(question);
            if (answer instanceof Answer.Approved yes) {
                means = yes.means();
                approver = yes.by().name();
                services = yes.viewOnly() ? viewed() : services;
                clipboard = yes.clipboard() && desk.site().clipboard();
            } else {
                refused(answer);
                return;
            }
            // What was agreed to must still stand.
            Optional<String> since = refusal().or(desk::noMore);
            if (since.isPresent()) {
                declined(SessionState.REFUSED, since.get(), Optional.empty());
                return;
            }
        }
        granted(services, clipboard, means, approver);
    }

    /** What is left of the request for who may only look. */
    private List<SessionService> viewed() {
        return request.services().stream()
                .filter(service -> service.mode().covers(SessionService.Mode.VIEW))
                .map(service -> new SessionService(service.name(), SessionService.Mode.VIEW))
                .toList();
    }

    private Optional<String> refusal() {
        return desk.site()
                .refusal()
                .or(() -> request.services().stream()
                        .flatMap(wanted -> refusal(wanted).stream())
                        .findFirst());
    }

    /** Why a service cannot be used so; empty when it can. */
    private Optional<String> refusal(SessionService wanted) {
        Optional<Service> service = desk.site().service(wanted.name());
        if (service.isEmpty()) {
            return Optional.of("site.conf names no service " + wanted.name());
        }
        return service.get().takes(wanted.mode())
                ? Optional.empty()
                : Optional.of(
                        "the service " + wanted.name() + " cannot be used so: a desktop is viewed or controlled, a"
                                + " terminal is one, all else is used");
    }

    private void refused(Answer answer) throws IOException {
        if (answer instanceof Answer.Declined no) {
            Receipts.Signed signed = sign(List.of(), false, no.means(), no.by().name());
            declined(SessionState.DECLINED, answer.outward(), Optional.of(signed.text()));
        } else {
            boolean silence = answer instanceof Answer.Unanswered;
            declined(silence ? SessionState.UNANSWERED : SessionState.REFUSED, answer.outward(), Optional.empty());
        }
    }

    private Receipts.Signed sign(List<SessionService> services, boolean clipboard, Receipt.Means means, String approver)
            throws IOException {
        Receipts.Decided decided = new Receipts.Decided(
                services,
                clipboard,
                desk.clock().instant(),
                means,
                approver,
                desk.site().sha256());
        return desk.receipts().sign(desk.identity().get(), request, decided);
    }

    private void granted(List<SessionService> services, boolean clipboard, Receipt.Means means, String approver)
            throws IOException, InterruptedException {
        long since = desk.nanos().getAsLong();
        Receipts.Signed signed = sign(services, clipboard, means, approver);
        desk.unsaid().open(request.session());
        Grant made = new Grant(signed, desk.clock(), desk.nanos(), since);
        active = since;
        synchronized (this) {
            if (cause == null) {
                grant = made;
            }
        }
        desk.audit()
                .record(
                        LocalAuditCode.SESSION_GRANTED,
                        "session",
                        request.session(),
                        "number",
                        signed.receipt().number(),
                        "services",
                        services,
                        "clipboard",
                        clipboard ? "shared" : "-",
                        "until",
                        signed.receipt().until(),
                        "means",
                        means.word(),
                        "approver",
                        approver);
        if (grant().isPresent()) {
            desk.asking().changes().happened();
            say(SessionState.GRANTED, "", Optional.of(signed.text()));
            lookUntilOver(made);
        }
        StreamCause why = cause().orElse(StreamCause.INTERNAL);
        desk.audit().record(LocalAuditCode.SESSION_ENDED, "session", request.session(), "cause", why.words());
        desk.unsaid().over(request.session(), why);
        say(SessionState.ENDED, why.words(), Optional.of(made.signed().text()));
    }

    /** At the clocks often, and at once when a question begins. */
    private void lookUntilOver(Grant held) throws IOException, InterruptedException {
        desk.asking().changes().listen(bell);
        try {
            while (over.getCount() > 0) {
                look(held);
                boolean rung = changes.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                LOG.trace("session={} rung={} more={}", request.session(), rung, changes.drainPermits());
            }
        } finally {
            desk.asking().changes().forget(bell);
        }
    }

    private void look(Grant held) throws IOException {
        if (held.over()) {
            end(StreamCause.EXPIRED);
            return;
        }
        if (idle()) {
            end(StreamCause.IDLE);
            return;
        }
        Identity identity = desk.identity().get();
        if (!identity.certificate().equals(held.signed().by().certificate())) {
            held.signedAgain(desk.receipts().again(identity, held.signed().receipt()));
            say(SessionState.GRANTED, "", Optional.of(held.signed().text()));
        }
        boolean now = desk.asking().shown();
        if (now && !shown) {
            copy().forEach(Stream::letGo);
        }
        shown = now;
    }

    /** Whether nobody did anything in any stream for longer than the customer wants. */
    private boolean idle() {
        long now = desk.nanos().getAsLong();
        // Who only looks on does nothing.
        copy().stream()
                .filter(stream -> stream.watcher().isEmpty())
                .forEach(stream -> active = Math.max(active, now - stream.quietNanos()));
        return now - active > desk.site().idle().toNanos();
    }

    private void declined(SessionState state, String why, Optional<SignedText> receipt) {
        LocalAuditCode code =
                state == SessionState.REFUSED ? LocalAuditCode.SESSION_REFUSED : LocalAuditCode.SESSION_DECLINED;
        desk.audit().record(code, "session", request.session(), "why", why);
        say(state, why, receipt);
    }

    private void say(SessionState state, String detail, Optional<SignedText> receipt) {
        desk.voice().say(request.session(), state, detail, receipt, code -> told(state, code));
    }

    private void told(SessionState said, int code) {
        if (said == SessionState.ENDED) {
            desk.unsaid().said(request.session());
        }
        end(StreamCause.of(code).orElse(StreamCause.ENDED_BY_OPERATOR));
    }

    /** Why somebody else than who asked cannot use it so; empty when he can, and for whoever asked. */
    private Optional<String> unwatchable(String viewer, SessionService use) {
        if (viewer.equals(request.requester())) {
            return Optional.empty();
        }
        if (use.mode() != SessionService.Mode.VIEW) {
            return Optional.of("only who asked for the session may do more than look");
        }
        return desk.site().watchers()
                ? Optional.empty()
                : Optional.of("site.conf lets nobody look on beside who asked for the session");
    }

    /**
     * Begins a stream, or says why not.
     *
     * @param viewer whose it is: whoever asked for the session, or somebody who may only look
     */
    synchronized Optional<String> open(
            String id, String viewer, SessionService use, List<ServerAddress> relays, String ticket) {
        if (grant == null || cause != null || !grant.allows(use)) {
            return Optional.of("this is not granted, or no longer");
        }
        Optional<String> refusal = desk.site().refusal().or(() -> refusal(use)).or(() -> unwatchable(viewer, use));
        if (refusal.isPresent() || streams.containsKey(id)) {
            return refusal.or(() -> Optional.of("this stream is there already"));
        }
        Receipts.Signed signed = grant.signed();
        boolean watcher = !viewer.equals(request.requester());
        Stream stream = new Stream(
                new Stream.Wish(
                        request.session(),
                        id,
                        viewer,
                        watcher,
                        use,
                        desk.site().service(use.name()).orElseThrow(),
                        signed.receipt().clipboard() && desk.site().clipboard() && !watcher,
                        relays,
                        ticket,
                        signed.by(),
                        signed.text()),
                desk);
        streams.put(id, stream);
        // Before a byte of it passes.
        int before = Desk.isHandsOn(use)
                ? desk.handsOn().getAndIncrement()
                : desk.handsOn().get();
        LOG.debug("stream={} hands-on-before={}", id, before);
        desk.asking().changes().happened();
        Thread thread = new Thread(() -> run(stream), "stream");
        thread.setDaemon(true);
        thread.start();
        return Optional.empty();
    }

    private void run(Stream stream) {
        try {
            if (stream.run()) {
                end(StreamCause.DEVICE_BARRED);
            }
        } catch (RuntimeException e) {
            LOG.error("stream={} state=FAILED", stream.id(), e);
            stream.end(StreamCause.INTERNAL);
        } finally {
            synchronized (this) {
                Stream gone = streams.remove(stream.id());
                assert gone == stream;
            }
            handsOff(stream);
            desk.asking().changes().happened();
        }
    }

    /** Once it is over, and what it started is dead, nothing of it passes. */
    private void handsOff(Stream stream) {
        if (Desk.isHandsOn(stream.use())) {
            int left = desk.handsOn().decrementAndGet();
            LOG.debug("stream={} hands-on-left={}", stream.id(), left);
        }
    }

    private synchronized List<Stream> copy() {
        return List.copyOf(streams.values());
    }

    private synchronized Optional<StreamCause> cause() {
        return Optional.ofNullable(cause);
    }

    /** Ends it with all its streams, at once; false when it was over. */
    @CanIgnoreReturnValue
    boolean end(StreamCause why) {
        synchronized (this) {
            if (cause != null) {
                return false;
            }
            cause = why;
        }
        copy().forEach(stream -> stream.end(why));
        over.countDown();
        bell.run();
        return true;
    }
}
