package io.fairlead.firewall.format;

/** What was given as an allowlist is none. The message says where and why, for people. */
public final class NotAnAllowlist extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAnAllowlist(String message) {
        super(message);
    }

    NotAnAllowlist(String message, Throwable cause) {
        super(message, cause);
    }
}
