package io.fairlead.agent.reach;

import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Obstructed;
import io.fairlead.agent.link.Route;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.Shown;
import io.fairlead.agent.link.Sounder;
import io.fairlead.agent.link.Vouching;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Takes one target after the other as far as it goes. Several threads may use it at once.
 * <pre>
 *   name → way → tcp → tls ─ ours, and this device has a certificate → device, clock → websocket → idle (at one only)
 * </pre>
 */
final class Probe {
    /** From this difference on orders and certificates may be judged wrongly. */
    private static final Duration CLOCK_WRONG = Duration.ofMinutes(5);

    private static final int MOST_ADDRESSES = 4;
    private static final String DIRECT = "direct";

    private final Sounder sounder;
    private final Vouching vouching;
    private final Optional<Identity> identity;
    private final List<ServerAddress> own;
    private final int idleSeconds;
    private final Clock clock;
    private final LongSupplier nanos;
    private final AtomicBoolean held = new AtomicBoolean();

    /**
     * @param own the agent's own servers, which must show what the enterprise's root signed
     * @param idleSeconds 0 to 60: how long one request is held; 0 for none
     */
    Probe(
            Sounder sounder,
            Vouching vouching,
            Optional<Identity> identity,
            List<ServerAddress> own,
            int idleSeconds,
            Clock clock,
            LongSupplier nanos) {
        this.sounder = sounder;
        this.vouching = vouching;
        this.identity = identity;
        this.own = List.copyOf(own);
        this.idleSeconds = idleSeconds;
        this.clock = clock;
        this.nanos = nanos;
    }

    Finding check(Target target) {
        return target.untried().map(why -> Finding.untried(target, false, why)).orElseGet(() -> new Walk(target).go());
    }

    /** The way to one target. */
    private final class Walk {
        private final Target target;
        private final ServerAddress address;
        private final List<Step> steps = new ArrayList<>();
        private String at = Step.WAY;
        private String way = "";
        private String kind = "";
        private Optional<Trouble> trouble = Optional.empty();

        Walk(Target target) {
            this.target = target;
            this.address = target.address();
        }

        Finding go() {
            try {
                reach();
                if (trustedTls() && identity.isPresent()) {
                    asDevice(identity.get());
                }
            } catch (Obstructed e) {
                fail(at, Trouble.of(e.obstacle()), String.valueOf(e.getMessage()));
            }
            return new Finding(target, target.required(clock.instant()), steps, trouble, way);
        }

        private void fail(String step, Trouble why, String words) {
            steps.add(Step.bad(step, why.brief(), words));
            if (trouble.isEmpty()) {
                trouble = Optional.of(why);
            }
        }

        private void reach() throws Obstructed {
            List<Route> routes = sounder.routes(address);
            takes(routes.get(0));
            Step name = name(routes.stream().anyMatch(route -> route.proxy().isPresent()));
            steps.add(name);
            at = Step.TCP;
            long before = nanos.getAsLong();
            try {
                takes(sounder.connect(address));
            } catch (Obstructed e) {
                steps.add(Step.noted(Step.WAY, kind, ""));
                throw e;
            }
            long millis = (nanos.getAsLong() - before) / 1_000_000;
            steps.add(Step.good(Step.WAY, kind, way.equals(DIRECT) ? "" : "by " + way));
            steps.add(Step.good(Step.TCP, millis + " ms", ""));
        }

        private void takes(Route route) {
            kind = route.kind();
            way = route.proxy().map(ServerAddress::toString).orElse(DIRECT);
        }

        private Step name(boolean proxied) {
            try {
                InetAddress[] all = InetAddress.getAllByName(address.host());
                String addresses = Arrays.stream(all)
                        .limit(MOST_ADDRESSES)
                        .map(InetAddress::getHostAddress)
                        .collect(Collectors.joining(" "));
                return Step.good(
                        Step.NAME, addresses, all.length > MOST_ADDRESSES ? all.length + " addresses, of which 4" : "");
            } catch (UnknownHostException e) {
                return proxied
                        ? Step.noted(Step.NAME, "the proxy's", "not known here; the proxy has to know it")
                        : Step.noted(Step.NAME, "unknown", "");
            }
        }

        /** Whether it is one of our own enterprise's. */
        private boolean trustedTls() throws Obstructed {
            at = Step.TLS;
            Shown shown = sounder.shown(address);
            Vouching.Verdict verdict = vouching.judge(shown);
            String chain = (shown.protocol().isEmpty() ? "" : shown.protocol() + ", ") + shown.names()
                    + ", signed by \"" + shown.signer() + "\"";
            switch (verdict.who()) {
                case OURS -> {
                    steps.add(Step.good(Step.TLS, "genuine", "the enterprise's own: " + chain));
                    return true;
                }
                case LISTED -> {
                    if (isOwn()) {
                        fail(Step.TLS, Trouble.INSPECTED, "INSPECTED BY \"" + shown.signer() + "\": " + chain);
                    } else {
                        steps.add(Step.good(Step.TLS, "public CA", chain + ", which this PC's Java lists"));
                    }
                }
                case NOBODY -> {
                    if (isOwn()) {
                        fail(Step.TLS, Trouble.INSPECTED, "INSPECTED BY \"" + shown.signer() + "\": " + chain);
                    } else {
                        fail(
                                Step.TLS,
                                Trouble.NOT_VOUCHED,
                                chain + ", whom neither this PC's Java lists nor this device has pinned");
                    }
                }
                case NOT_NOW -> fail(Step.TLS, Trouble.CLOCK, verdict.words());
                case NOT_FOR_THIS -> fail(Step.TLS, Trouble.WRONG_CERTIFICATE, verdict.words() + "; " + chain);
            }
            return false;
        }

        private boolean isOwn() {
            return own.stream().anyMatch(server -> server.host().equalsIgnoreCase(address.host()));
        }

        private void asDevice(Identity device) throws Obstructed {
            at = Step.DEVICE;
            Sounder.Held answer = sounder.hold(device, address, 0);
            if (!answer.here()) {
                steps.add(
                        Step.noted(Step.DEVICE, "not asked", "nothing for agents answers there, or an older server's"));
                return;
            }
            steps.add(Step.good(Step.DEVICE, "known", "this device's certificate is taken"));
            clock(answer.time());
            at = Step.WEBSOCKET;
            try {
                sounder.upgrade(device, address);
                steps.add(Step.good(Step.WEBSOCKET, "passes", ""));
            } catch (Obstructed e) {
                fail(Step.WEBSOCKET, Trouble.NO_WEBSOCKET, String.valueOf(e.getMessage()));
            }
            if (idleSeconds > 0 && held.compareAndSet(false, true)) {
                idle(device);
            }
        }

        private void clock(Instant server) {
            Duration ahead = Duration.between(server, clock.instant());
            long seconds = ahead.toSeconds();
            if (ahead.abs().compareTo(CLOCK_WRONG) < 0) {
                steps.add(Step.good(
                        Step.CLOCK, Math.abs(seconds) < 2 ? "right" : "off by " + Math.abs(seconds) + " s", ""));
            } else {
                fail(
                        Step.CLOCK,
                        Trouble.CLOCK,
                        "this PC is " + Math.abs(seconds) + " s " + (seconds < 0 ? "behind" : "ahead of")
                                + " the server");
            }
        }

        private void idle(Identity device) {
            long before = nanos.getAsLong();
            try {
                boolean here = sounder.hold(device, address, idleSeconds).here();
                steps.add(
                        here
                                ? Step.good(Step.IDLE, "survives " + idleSeconds + " s", "")
                                : Step.noted(Step.IDLE, "not asked", "the server does not hold requests"));
            } catch (Obstructed e) {
                long seconds = (nanos.getAsLong() - before) / 1_000_000_000;
                fail(
                        Step.IDLE,
                        Trouble.IDLE_CUT,
                        "a request that the server held was cut after " + seconds + " s ("
                                + (way.equals(DIRECT) ? "no proxy on the way" : "by or behind the proxy " + way)
                                + "): " + e.getMessage());
            }
        }
    }
}
