package io.fairlead.enterprise.account;

import java.util.Locale;

/** What is wrong with what a caller shows; told to those who may see the account, in the audit and in the log. */
enum Why {
    UNKNOWN("no account has this name"),
    PERSON("the name is a person's"),
    WRONG("the password is wrong"),
    ENDED("the password has ended"),
    UNPINNED("no account has this certificate"),
    REMOVED("the certificate was removed"),
    EARLY("the certificate is not valid yet"),
    EXPIRED("the certificate has ended"),
    DISABLED("the account is disabled"),
    ADDRESS("the account is not for this address");

    private final String text;

    Why(String text) {
        this.text = text;
    }

    /** For people. */
    String text() {
        return text;
    }

    /** As the audit has it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
