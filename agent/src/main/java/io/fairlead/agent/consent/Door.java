package io.fairlead.agent.consent;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.statements.Receipt;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where people of this PC see questions and answer them, and see files on their way and remote sessions and stop them: a
 * Unix-domain socket in a folder that only the approvers' group enters. Companion windows wait here for something to change,
 * which costs nothing. One thread serves all; a visitor has two seconds for a line of 64 bytes, one account has eight
 * connections at most and all together 32, so that nobody can keep others from answering. Who it is the kernel says
 * (SO_PEERCRED), and {@link Approvers} whether he may.
 */
public final class Door implements AutoCloseable {
    static final int MOST_VISITORS = 32;
    static final int MOST_OF_ONE = 8;
    static final Duration VISIT = Duration.ofSeconds(2);
    private static final int BACKLOG = 64;
    private static final long LOOK_MILLIS = 250;
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final DoorFolder folder;
    private final Asking asking;
    private final CarriedFiles files;
    private final OpenSessions sessions;
    private final Approvers approvers;
    private final LongSupplier nanos;
    private final Sparing strangers;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final @Nullable UserPrincipal root;
    private final UserPrincipal agent;
    private final Set<Visitor> visitors = new HashSet<>();
    private final Companions companions;
    /** Of all that a companion window shows. */
    private final AtomicLong version = new AtomicLong(1);

    private final Runnable bell = this::changed;
    private final Thread thread = new Thread(this::serve, "approve");

    private Door(
            DoorFolder folder,
            Asking asking,
            CarriedFiles files,
            OpenSessions sessions,
            Approvers approvers,
            LongSupplier nanos,
            LocalAudit audit)
            throws IOException {
        this.folder = folder;
        this.asking = asking;
        this.files = files;
        this.sessions = sessions;
        this.approvers = approvers;
        this.nanos = nanos;
        this.companions = new Companions(nanos, () -> sessions.handsOn().isPresent());
        this.strangers = new Sparing(nanos, audit, LocalAuditCode.CONSENT_STRANGER);
        this.selector = Selector.open();
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Path socket = folder.socket();
        try {
            listener.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            this.agent = Files.getOwner(socket);
            this.root = principal(socket, "root");
            listener.configureBlocking(false);
            SelectionKey key = listener.register(selector, SelectionKey.OP_ACCEPT);
            assert key.isValid();
        } catch (IOException e) {
            close();
            throw new IOException("cannot listen on " + socket + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens the door and serves until it is closed.
     *
     * @param folder {@code DATA/approve}; made where it is missing
     * @param group who may enter, beside the agent's own account; a name or a number
     * @throws IOException with what the customer can do about it; nothing is open then
     */
    public static Door open(
            Path folder,
            Optional<String> group,
            Asking asking,
            CarriedFiles files,
            OpenSessions sessions,
            Approvers approvers,
            LocalAudit audit)
            throws IOException {
        return open(folder, group, asking, files, sessions, approvers, System::nanoTime, audit);
    }

    static Door open(
            Path folder,
            Optional<String> group,
            Asking asking,
            CarriedFiles files,
            OpenSessions sessions,
            Approvers approvers,
            LongSupplier nanos,
            LocalAudit audit)
            throws IOException {
        DoorFolder place = new DoorFolder(folder);
        place.close();
        Door door = new Door(place, asking, files, sessions, approvers, nanos, audit);
        if (group.isPresent()) {
            try {
                place.openTo(group.get());
            } catch (IOException e) {
                door.close();
                throw e;
            }
        }
        asking.changes().listen(door.bell);
        door.thread.setDaemon(true);
        door.thread.start();
        LOG.info("door=open socket={} group={}", place.socket(), group.orElse("-"));
        return door;
    }

    private static @Nullable UserPrincipal principal(Path path, String name) {
        try {
            return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** By any thread: the door's own tells those who wait. */
    private void changed() {
        long now = version.incrementAndGet();
        LOG.trace("door version={} selector={}", now, selector.wakeup());
    }

    private void serve() {
        try {
            serveUntilClosed();
        } finally {
            visitors.forEach(Door::hangUp);
            companions.all().forEach(Door::hangUp);
        }
    }

    private static void hangUp(Visitor visitor) {
        try {
            visitor.close();
        } catch (IOException e) {
            LOG.debug("door visitor={} gone cause=\"{}\"", visitor.person(), e.getMessage());
        }
    }

    private void serveUntilClosed() {
        while (selector.isOpen()) {
            try {
                // Nobody is there nearly always, and four looks a second cost an eighth of what an agent at rest does.
                int ready = selector.select(this::turn, visitors.isEmpty() ? 0 : LOOK_MILLIS);
                LOG.trace("door ready={}", ready);
                tellCompanions();
                endLongVisits();
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                LOG.error("door=failed", e);
            }
        }
    }

    private void turn(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
        } else if (key.attachment() instanceof Visitor visitor) {
            serve(visitor);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                welcome(channel);
            }
        } catch (IOException e) {
            // Out of file descriptors, most likely: visits end by themselves.
            LOG.warn("door accept=failed cause=\"{}\"", e.getMessage());
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        Person person = person(channel);
        Visitor visitor = new Visitor(channel, person, nanos.getAsLong());
        try {
            channel.configureBlocking(false);
            Optional<String> refusal = approvers.refusal(person);
            long ofHis = visitors.stream()
                    .filter(each -> each.person().equals(person))
                    .count();
            if (refusal.isPresent()) {
                strangers.record("account", person.name(), "why", refusal.get());
                leave(visitor, Wire.no(DoorRefused.Reason.NOT_APPROVER, refusal.get()));
            } else if (ofHis >= MOST_OF_ONE || visitors.size() >= MOST_VISITORS) {
                leave(visitor, Wire.no(DoorRefused.Reason.BUSY, "too many connections at once"));
            } else {
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ, visitor);
                visitors.add(visitor);
                assert key.isValid();
            }
        } catch (IOException | RuntimeException e) {
            visitor.close();
            throw e;
        }
    }

    private Person person(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return Person.UNVERIFIED;
        }
        UserPrincipal user =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        Person.Kind kind =
                user.equals(agent) ? Person.Kind.AGENT : user.equals(root) ? Person.Kind.ROOT : Person.Kind.ORDINARY;
        return new Person(PlainText.of(user.getName()), kind);
    }

    private void serve(Visitor visitor) {
        try {
            if (companions.waits(visitor)) {
                // It has nothing to say, so it hung up.
                boolean another = companions.left(visitor);
                visitor.close();
                if (another) {
                    changed();
                }
                return;
            }
            Optional<String> request = visitor.read();
            Optional<Wire.Watch> watch = request.flatMap(Wire::watch);
            if (watch.isPresent()) {
                await(visitor, watch.get());
            } else if (request.isPresent()) {
                leave(visitor, reply(request.get(), visitor.person()));
            }
        } catch (IOException e) {
            LOG.debug("door visitor={} left cause=\"{}\"", visitor.person(), e.getMessage());
            leave(visitor, Wire.no(DoorRefused.Reason.MALFORMED, "a request is one line"));
        }
    }

    private void await(Visitor visitor, Wire.Watch watch) {
        Optional<String> refusal = approvers.refusal(visitor.person());
        if (refusal.isPresent()) {
            leave(visitor, Wire.no(DoorRefused.Reason.NOT_APPROVER, refusal.get()));
        } else if (!companions.hasRoom(visitor.person())) {
            leave(visitor, Wire.no(DoorRefused.Reason.BUSY, "too many companion windows"));
        } else {
            boolean first = companions.came(watch.key());
            if (first || watch.seen() != version.get()) {
                leave(visitor, changes(watch.key()));
            } else {
                visitors.remove(visitor);
                companions.await(visitor, watch.key(), watch.seen());
            }
        }
    }

    private String changes(String key) {
        // Before it is looked: what changes meanwhile is told with the next visit.
        long now = version.get();
        return Wire.changed(now, companions.accepts(key), asking.muted(), asking.open(), sessions.sessions());
    }

    private void tellCompanions() {
        for (Companions.Waiting each : companions.behind(version.get())) {
            Optional<String> refusal = approvers.refusal(each.visitor().person());
            String reply = refusal.map(why -> Wire.no(DoorRefused.Reason.NOT_APPROVER, why))
                    .orElseGet(() -> changes(each.key()));
            leave(each.visitor(), reply);
        }
    }

    private String reply(String request, Person person) {
        // Judged again: what site.conf says may have changed while the visitor was slow.
        Optional<String> refusal = approvers.refusal(person);
        if (refusal.isPresent()) {
            return Wire.no(DoorRefused.Reason.NOT_APPROVER, refusal.get());
        }
        String[] words = request.strip().split(" ", 2);
        if (words[0].equals("questions") && words.length == 1) {
            return Wire.ok(asking.muted(), asking.open());
        }
        if (words[0].equals("ask-again") && words.length == 1) {
            Optional<String> handsOn = sessions.handsOn();
            if (handsOn.isPresent()) {
                return Wire.no(DoorRefused.Reason.NOTHING, handsOn.get());
            }
            return Wire.ok(asking.askAgain(person));
        }
        if (words[0].equals("transfers") && words.length == 1) {
            return Wire.files(files.underway());
        }
        if (words[0].equals("sessions") && words.length == 1) {
            return Wire.sessions(sessions.sessions());
        }
        if (words[0].equals("end")) {
            return taken(sessions.end(words.length == 2 ? words[1] : "", person));
        }
        Optional<Wire.Given> given = Wire.given(request);
        if (given.isPresent()) {
            return taken(answer(given.get(), person));
        }
        if (words.length == 2 && words[0].equals("cancel")) {
            return taken(files.stop(words[1], person));
        }
        return Wire.no(
                DoorRefused.Reason.MALFORMED,
                "the agent knows questions, ask-again, approve ID [view-only|clipboard], decline ID [not-today], transfers, cancel ID, sessions and end ID");
    }

    private Taken answer(Wire.Given given, Person person) {
        Optional<String> window = given.companion();
        if (given.verdict().yes() && window.isPresent() && !companions.accepts(window.get())) {
            return new Taken(
                    false,
                    sessions.handsOn()
                            .map(why -> "This window opened too late to accept. " + why)
                            .orElse("Another companion window on this PC may accept; this one may decline."));
        }
        if (given.verdict().yes() && window.isEmpty() && sessions.handsOn().isPresent()) {
            return new Taken(false, sessions.handsOn().get());
        }
        Receipt.Means means = window.isPresent() ? Receipt.Means.COMPANION : Receipt.Means.COMMAND_LINE;
        return asking.answer(given.id(), given.verdict(), person, means);
    }

    private static String taken(Taken taken) {
        return taken.counts() ? Wire.ok(taken.text()) : Wire.no(DoorRefused.Reason.NOTHING, taken.text());
    }

    private void leave(Visitor visitor, String lastWord) {
        visitors.remove(visitor);
        try (visitor) {
            visitor.reply(lastWord);
        } catch (IOException e) {
            LOG.debug("door visitor={} gone cause=\"{}\"", visitor.person(), e.getMessage());
        }
    }

    private void endLongVisits() throws IOException {
        long now = nanos.getAsLong();
        for (Visitor each : List.copyOf(visitors)) {
            if (now - each.sinceNanos() >= VISIT.toNanos() || !each.isOpen()) {
                visitors.remove(each);
                each.close();
            }
        }
    }

    /** Closes the door; what is open then is for {@link Asking#close} to end. */
    @Override
    public void close() throws IOException {
        asking.changes().forget(bell);
        listener.close();
        Files.deleteIfExists(folder.socket());
        selector.close();
    }
}
