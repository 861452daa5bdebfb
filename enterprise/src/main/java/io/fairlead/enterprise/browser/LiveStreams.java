package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.kernel.Changes;
import io.fairlead.enterprise.kernel.Paced;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events at {@code /live?topics=a+b}: hints that something has changed, for pages that then ask for it again. At
 * most one round of hints a second. A browser's pages share one stream; a person has at most {@value #MOST_OF_PERSON}, and
 * one more ends the oldest. None of it is a sign of life for the session.
 *
 * <pre>
 * over                     nobody is logged in: do not come again
 * hello ─▶ hint* ─▶ again  the session is over, or goes on under another token: come again at once, which tells
 *            │  ├─▶ full   a newer one has taken its place: come again much later
 *            │  └─▶ cut    too slow, or the server stops: come again, and read everything again then
 *            └ every 15 s a comment; the session and what it may hear are judged again
 * </pre>
 */
public final class LiveStreams implements Pages {
    static final int MOST_OF_PERSON = 8;
    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int MOST_TOPICS = 64;

    private final Sessions sessions;
    private final Audience audience;
    private final Timers timers;
    private final Paced telling;
    private final Set<LiveStream> open = new LinkedHashSet<>();
    private Set<String> changed = new LinkedHashSet<>();

    public LiveStreams(Sessions sessions, Audience audience, Timers timers) {
        this.sessions = sessions;
        this.audience = audience;
        this.timers = timers;
        this.telling = new Paced(timers, Duration.ofSeconds(1), this::tell);
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/live", Access.PERSON, this::serve);
    }

    private Future<Answer> serve(Visit visit) {
        if (!visit.fromHere()) {
            throw new Refusal(Fault.CROSS_SITE, "a stream for another site");
        }
        List<String> topics = Stream.of(visit.query().value("topics").split(" ", -1))
                .filter(Changes::isName)
                .distinct()
                .limit(MOST_TOPICS)
                .toList();
        return heard(visit.actor(), topics)
                .map(heard -> Answer.streamed(request -> {
                    LiveStream stream =
                            new LiveStream(visit.actor().name(), visit.token(), visit.address(), topics, request);
                    stream.hears(heard);
                    begin(stream, request.response());
                }));
    }

    private Future<Set<String>> heard(Actor actor, List<String> topics) {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        return Future.all(topics.stream()
                        .map(topic -> audience.mayHear(actor, topic).map(may -> may && heard.add(topic)))
                        .toList())
                .map(all -> heard);
    }

    private void begin(LiveStream stream, HttpServerResponse response) {
        response.exceptionHandler(broken -> remove(stream)).closeHandler(gone -> remove(stream));
        LiveStream oldest = add(stream);
        if (oldest != null) {
            oldest.full();
        }
        stream.begin();
        beatLater(stream);
    }

    private synchronized @Nullable LiveStream add(LiveStream stream) {
        List<LiveStream> his = open.stream()
                .filter(each -> each.person().equals(stream.person()))
                .toList();
        open.add(stream);
        if (his.size() < MOST_OF_PERSON) {
            return null;
        }
        open.remove(his.get(0));
        return his.get(0);
    }

    private synchronized void remove(LiveStream stream) {
        open.remove(stream);
    }

    private synchronized List<LiveStream> streams() {
        return List.copyOf(open);
    }

    private void beatLater(LiveStream stream) {
        Timers.Timer unused = timers.after(HEARTBEAT, () -> {
            if (streams().contains(stream)) {
                judge(stream, () -> {
                    stream.beat();
                    beatLater(stream);
                });
            }
        });
    }

    private void judge(LiveStream stream, Runnable goesOn) {
        sessions.find(stream.token(), stream.address(), false)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.<Set<String>>empty())
                        : heard(found.get().actor(), stream.topics()).map(Optional::of))
                .onSuccess(heard -> heard.ifPresentOrElse(
                        topics -> {
                            stream.hears(topics);
                            goesOn.run();
                        },
                        () -> {
                            remove(stream);
                            stream.again();
                        }))
                // Who cannot be judged is not shown more; the browser comes again.
                .onFailure(failure -> stream.cut());
    }

    /**
     * A session of this person may have ended, at whatever node: his streams here are judged at once. What was missed is
     * found out by the next heartbeat.
     */
    public void recheck(String person) {
        streams().stream().filter(each -> each.person().equals(person)).forEach(each -> judge(each, () -> {}));
    }

    /** Tells whoever listens that something has changed; {@code *} is everything. From any thread. */
    public void changed(String topic) {
        synchronized (this) {
            changed.add(topic);
        }
        telling.ask();
    }

    private void tell() {
        Set<String> told;
        synchronized (this) {
            told = changed;
            changed = new LinkedHashSet<>();
        }
        for (LiveStream stream : streams()) {
            stream.hint(told);
            if (stream.isCut()) {
                remove(stream);
            }
        }
    }

    /** How many are open. */
    public int count() {
        return streams().size();
    }

    /** Cuts all of them, so that a listener that stops need not wait for them; browsers come again, to another node. */
    public void stop() {
        streams().forEach(LiveStream::cut);
    }
}
