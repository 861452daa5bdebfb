package io.fairlead.firewall;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A network of IPv4 or IPv6 addresses (RFC 4632, RFC 4291), or a single address, which is a network of its own. No bit is
 * set behind the prefix.
 *
 * @param prefix 0 to 32, or 0 to 128
 */
public record Cidr(InetAddress network, int prefix) implements Destination {
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!/|$)|(?=/|$))){4}(/[0-9]{1,2})?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]*:[0-9a-f:]*(:[0-9.]+)?(/[0-9]{1,3})?");
    private static final String NONE = "is no address and no network: such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32";

    public Cidr {
        int bits = network.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("has a prefix of " + prefix + ": it is 0 to " + bits);
        }
        BigInteger behind = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);
        if (new BigInteger(1, network.getAddress()).and(behind).signum() != 0) {
            throw new IllegalArgumentException(
                    "has bits set behind its prefix: is it one address, or all of the network?");
        }
    }

    static boolean looksLikeOne(String text) {
        return text.indexOf(':') >= 0
                || text.indexOf('/') >= 0
                || IPV4.matcher(text).matches();
    }

    /** One address. */
    public static Cidr of(InetAddress address) {
        return new Cidr(address, address.getAddress().length * Byte.SIZE);
    }

    /**
     * An address or a network as somebody wrote it.
     *
     * @throws IllegalArgumentException with a sentence for whoever wrote it
     */
    public static Cidr of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() > 49
                || !(IPV4.matcher(lower).matches() || IPV6.matcher(lower).matches())) {
            throw new IllegalArgumentException(NONE);
        }
        int slash = lower.indexOf('/');
        InetAddress address = literal(slash < 0 ? lower : lower.substring(0, slash));
        return slash < 0 ? of(address) : new Cidr(address, Integer.parseInt(lower.substring(slash + 1)));
    }

    /** Never asks a name server: what comes here holds digits, dots and colons only. */
    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(NONE, e);
        }
    }

    public boolean isIpv4() {
        return network instanceof Inet4Address;
    }

    public boolean isOneAddress() {
        return prefix == network.getAddress().length * Byte.SIZE;
    }

    /** Whether all of that lies in this. */
    public boolean contains(Cidr other) {
        byte[] mine = network.getAddress();
        byte[] theirs = other.network.getAddress();
        int behind = mine.length * Byte.SIZE - prefix;
        return mine.length == theirs.length
                && other.prefix >= prefix
                && new BigInteger(1, mine).shiftRight(behind).equals(new BigInteger(1, theirs).shiftRight(behind));
    }

    /** The address alone; IPv6 in the form of RFC 5952. */
    public String address() {
        return isIpv4() ? String.valueOf(network.getHostAddress()) : compressed(network.getAddress());
    }

    /** With the prefix, also for one address. */
    public String withPrefix() {
        return address() + "/" + prefix;
    }

    /** An address without, a network with its prefix. */
    @Override
    public String text() {
        return isOneAddress() ? address() : withPrefix();
    }

    @Override
    public String toString() {
        return text();
    }

    private static String compressed(byte[] address) {
        int[] groups = new int[8];
        Arrays.setAll(groups, i -> ((address[2 * i] & 0xff) << 8) | (address[2 * i + 1] & 0xff));
        int from = -1;
        int most = 1;
        for (int i = 0; i < groups.length; i++) {
            int run = 0;
            while (i + run < groups.length && groups[i + run] == 0) {
                run++;
            }
            if (run > most) {
                from = i;
                most = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == from) {
                text.append("::");
                i += most - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
