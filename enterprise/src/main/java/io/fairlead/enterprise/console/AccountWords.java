package io.fairlead.enterprise.console;

import io.fairlead.enterprise.account.AddressLimit;
import io.fairlead.enterprise.account.ClientCertificate;
import io.fairlead.enterprise.account.Lifetime;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is typed about an account. */
final class AccountWords {
    private static final int LONGEST = 4_000;

    private AccountWords() {}

    /** Ranges with lines or commas between them; none for anywhere. */
    static AddressLimit limit(Form form) {
        String text = form.lines("addresses", 0, LONGEST);
        try {
            return AddressLimit.of(Arrays.stream(text.split("[\\s,;]+"))
                    .filter(one -> !one.isEmpty())
                    .toList());
        } catch (Refusal refusal) {
            String why = why(refusal);
            form.fault("addresses", why.length() > 300 ? "This is no list of addresses." : why);
            return AddressLimit.NONE;
        }
    }

    static Lifetime lifetime(Form form) {
        return new Lifetime((int) form.number("days", 1, Lifetime.LONGEST), (int)
                form.number("overlap", 0, Lifetime.LONGEST_OVERLAP));
    }

    /** Of a PEM block; empty when it is none that is taken, which the form says then. */
    static Optional<ClientCertificate> certificate(Form form) {
        String pem = form.lines("pem", 1, ClientCertificate.LONGEST);
        if (!form.ok()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ClientCertificate.of(pem));
        } catch (Refusal refusal) {
            String why = why(refusal);
            form.fault("pem", why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1) + ".");
            return Optional.empty();
        }
    }

    /** The end of a day; null when none was typed. */
    static @Nullable Instant until(Form form) {
        return form.date("until")
                .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElse(null);
    }

    private static String why(Refusal refusal) {
        return String.valueOf(refusal.getMessage())
                .replaceFirst("^" + refusal.fault().key() + ": ", "");
    }
}
