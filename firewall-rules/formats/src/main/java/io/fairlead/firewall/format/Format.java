package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;

/**
 * A way to write an allowlist down. What is written only ever adds: it takes away no rule and sets no policy. It is the
 * same, to the byte, for the same list.
 */
public interface Format {
    /** As people ask for it, such as {@code nftables}. */
    String key();

    /** For whom it is, in a few words. */
    String title();

    /** With a charset where it is text. */
    String mediaType();

    /** Under which a browser keeps it; of letters, digits, hyphens and dots. */
    String fileName();

    /** Whether a machine fetches it again and again, so that it holds only what is in effect. */
    default boolean isDynamic() {
        return false;
    }

    /** Whether it is written in addresses, so that names have to be resolved for it. */
    default boolean needsAddresses() {
        return false;
    }

    /** The whole file; lines end in LF unless what reads it wants CR LF. */
    String render(Allowlist list);
}
