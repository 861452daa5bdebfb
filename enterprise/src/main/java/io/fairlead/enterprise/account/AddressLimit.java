package io.fairlead.enterprise.account;

import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.AddressRange;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.net.Inet4Address;
import java.util.List;
import java.util.stream.Collectors;

/**
 * From which addresses an account is taken.
 *
 * @param ranges at most {@value #MOST}; none for anywhere
 */
public record AddressLimit(List<AddressRange> ranges) {
    /** From anywhere. */
    public static final AddressLimit NONE = new AddressLimit(List.of());

    static final int MOST = 64;
    /** Half the Internet is no limit. */
    private static final int LEAST_BITS_IPV4 = 8;

    private static final int LEAST_BITS_IPV6 = 16;

    public AddressLimit {
        ranges = List.copyOf(ranges);
    }

    /** Of addresses and ranges as CIDR writes them. Throws Refusal(INVALID) that names what is none. */
    public static AddressLimit of(List<String> texts) {
        if (texts.size() > MOST) {
            throw new Refusal(Fault.INVALID, "an account is limited to at most " + MOST + " ranges of addresses");
        }
        return new AddressLimit(
                texts.stream().map(AddressLimit::range).distinct().toList());
    }

    private static AddressRange range(String text) {
        AddressRange range;
        try {
            range = AddressRange.of(text);
        } catch (IllegalArgumentException none) {
            throw new Refusal(Fault.INVALID, String.valueOf(none.getMessage()), none);
        }
        int least = range.first() instanceof Inet4Address ? LEAST_BITS_IPV4 : LEAST_BITS_IPV6;
        if (range.bits() < least) {
            throw new Refusal(Fault.INVALID, "\"" + range + "\" is no limit: it needs at least " + least + " bits");
        }
        if (!range.isExact()) {
            throw new Refusal(
                    Fault.INVALID,
                    "\"" + range + "\" names one address and many: write the first address of the range, or leave the "
                            + "slash away");
        }
        return range;
    }

    /** Whether it is one at all. */
    public boolean isThere() {
        return !ranges.isEmpty();
    }

    /** Whether it lets this address. */
    public boolean lets(Address address) {
        return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.holds(address));
    }

    /** As they were written. */
    public List<String> texts() {
        return ranges.stream().map(AddressRange::text).toList();
    }

    /** For people. */
    @Override
    public String toString() {
        return ranges.isEmpty()
                ? "anywhere"
                : ranges.stream().map(AddressRange::text).collect(Collectors.joining(", "));
    }
}
