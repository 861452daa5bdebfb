package io.fairlead.enterprise.login;

import java.net.InetAddress;

/**
 * Addresses that begin alike, as CIDR writes them (RFC 4632, section 3.1; RFC 4291, section 2.3): {@code 10.0.0.0/8},
 * {@code 2001:db8::/32}, and {@code 10.0.0.7} for a single one. IPv4 within IPv6 is IPv4.
 *
 * @param text as it was written
 * @param bits that are alike, from the first one on
 */
public record AddressRange(String text, InetAddress first, int bits) {
    /** Throws IllegalArgumentException, with a text for people, for what is none. */
    public static AddressRange of(String written) {
        String text = written.strip();
        int slash = text.indexOf('/');
        InetAddress first = Address.parse(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no address or range"));
        int most = first.getAddress().length * 8;
        return new AddressRange(text, first, slash < 0 ? most : bits(text, slash, most));
    }

    private static int bits(String text, int slash, int most) {
        String bits = text.substring(slash + 1);
        if (bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most && Integer.parseInt(bits) > 0) {
            return Integer.parseInt(bits);
        }
        throw new IllegalArgumentException("\"" + text + "\" needs 1 to " + most + " bits behind the slash");
    }

    /** Whether the address is one of them. */
    public boolean holds(InetAddress address) {
        return Address.sameFamily(first, address) && alike(first.getAddress(), address.getAddress(), bits);
    }

    /** The same of one that came over the network; false where it is not known. */
    public boolean holds(Address address) {
        return Address.parse(address.text()).map(this::holds).orElse(false);
    }

    /** Whether nothing stands behind the bits that count: {@code 10.0.0.7/24} is not so. */
    public boolean isExact() {
        byte[] bytes = first.getAddress();
        for (int bit = bits; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] & mask(bit)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(byte[] one, byte[] other, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            if ((one[bit / 8] & mask(bit)) != (other[bit / 8] & mask(bit))) {
                return false;
            }
        }
        return true;
    }

    private static int mask(int bit) {
        return 0x80 >> (bit % 8);
    }

    @Override
    public String toString() {
        return text;
    }
}
