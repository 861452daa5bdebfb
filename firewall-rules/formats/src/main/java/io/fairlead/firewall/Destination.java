package io.fairlead.firewall;

/** Where a row leads. */
public sealed interface Destination permits HostName, Cidr {
    /** As people and most firewalls write it. */
    String text();

    /**
     * A host name, an address or a network.
     *
     * @throws IllegalArgumentException with a sentence for whoever wrote it
     */
    static Destination of(String text) {
        return Cidr.looksLikeOne(text) ? Cidr.of(text) : HostName.of(text);
    }
}
