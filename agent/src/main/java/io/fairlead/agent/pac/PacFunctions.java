package io.fairlead.agent.pac;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * The functions that PAC files count on: Netscape's of 1996, and those with Ex in their names that Windows added for IPv6.
 * Names are looked up as this PC does.
 */
final class PacFunctions {
    /** For documentation only (RFC 5737): nothing is sent there, it only makes the system choose an address of its own. */
    private static final String NOWHERE = "192.0.2.1";

    private final PacTimes times;

    PacFunctions(Clock clock) {
        this.times = new PacTimes(clock);
    }

    void define(ScriptableObject scope) {
        add(scope, "isPlainHostName", args -> text(args, 0).indexOf('.') < 0);
        add(scope, "dnsDomainIs", args -> text(args, 0).toLowerCase(Locale.ROOT).endsWith(lower(args, 1)));
        add(scope, "localHostOrDomainIs", PacFunctions::localHostOrDomainIs);
        add(
                scope,
                "dnsDomainLevels",
                args -> text(args, 0).chars().filter(c -> c == '.').count());
        add(
                scope,
                "shExpMatch",
                args -> shellPattern(text(args, 1)).matcher(text(args, 0)).matches());
        add(scope, "isResolvable", args -> first(text(args, 0)) != null);
        add(scope, "dnsResolve", args -> first(text(args, 0)));
        add(scope, "convert_addr", args -> number(text(args, 0)));
        add(scope, "isInNet", PacFunctions::isInNet);
        add(scope, "myIpAddress", args -> own());
        add(scope, "weekdayRange", times::weekdayRange);
        add(scope, "dateRange", times::dateRange);
        add(scope, "timeRange", times::timeRange);
        add(scope, "isResolvableEx", args -> !all(text(args, 0)).isEmpty());
        add(scope, "dnsResolveEx", args -> all(text(args, 0)));
        add(scope, "myIpAddressEx", args -> own());
        add(
                scope,
                "isInNetEx",
                args -> PacNetwork.contains(text(args, 1), all(text(args, 0)).split(";", -1)[0]));
        add(scope, "sortIpAddressList", args -> text(args, 0));
        add(scope, "getClientVersion", args -> "1.0");
        add(scope, "alert", args -> "");
    }

    private static void add(ScriptableObject scope, String name, Function<Object[], @Nullable Object> body) {
        scope.defineProperty(
                name,
                new BaseFunction() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public @Nullable Object call(Context context, Scriptable in, Scriptable self, Object[] args) {
                        return body.apply(args);
                    }
                },
                ScriptableObject.DONTENUM);
    }

    static String text(Object[] args, int index) {
        return index < args.length ? Context.toString(args[index]) : "";
    }

    private static String lower(Object[] args, int index) {
        return text(args, index).toLowerCase(Locale.ROOT);
    }

    /** The whole name, or its first part alone where the other has a domain. */
    private static Object localHostOrDomainIs(Object[] args) {
        String host = lower(args, 0);
        String domain = lower(args, 1);
        return host.equals(domain) || (host.indexOf('.') < 0 && domain.startsWith(host + "."));
    }

    private static Object isInNet(Object[] args) {
        String address = first(text(args, 0));
        Long own = address == null ? null : number(address);
        Long net = number(text(args, 1));
        Long mask = number(text(args, 2));
        return own != null && net != null && mask != null && (own & mask) == (net & mask);
    }

    private static Pattern shellPattern(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    /** An IPv4 address as a number; null when it is none. */
    private static @Nullable Long number(String address) {
        if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return null;
        }
        return Arrays.stream(address.split("\\.")).map(Long::valueOf).reduce(0L, (a, b) -> (a << 8) + b);
    }

    private static @Nullable String first(String host) {
        return addresses(host)
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse(null);
    }

    private static String all(String host) {
        return addresses(host).map(InetAddress::getHostAddress).collect(Collectors.joining(";"));
    }

    private static Stream<InetAddress> addresses(String host) {
        try {
            return host.isBlank() ? Stream.empty() : Arrays.stream(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.<InetAddress>of().stream();
        }
    }

    private static String own() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(NOWHERE, 9));
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException | RuntimeException e) {
            return "127.0.0.1";
        }
    }
}
