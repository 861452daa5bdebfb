package io.fairlead.soap;

/**
 * Says that something is not in plain form, and nothing more: whoever catches it takes the way of JAXB. Without a stack
 * trace, which is what costs.
 */
final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPlain() {
        super("not plain", null, false, false);
    }
}
