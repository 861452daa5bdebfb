package io.fairlead.enterprise.people;

import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person to be added.
 *
 * @param name 2 to 64 characters: small letters, digits and {@code . _ @ -}, a letter or digit first
 * @param displayName as people at instruments read it, 1 to 128 plain characters, as organisation and customer have
 * @param customer null for the vendor's own people
 */
public record NewPerson(
        String name,
        String displayName,
        String organisation,
        @Nullable String customer) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,63}");
    private static final int LONGEST = 128;

    /** Throws a Refusal(INVALID) that names the property. */
    public NewPerson {
        checkName(name);
        check("display name", displayName);
        check("organisation", organisation);
        if (customer != null) {
            check("customer", customer);
        }
    }

    /** Whether it may be a name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Refusal(
                    Fault.INVALID,
                    "a name has 2 to 64 characters, small letters, digits and . _ @ -, and begins with a letter or digit");
        }
    }

    static void check(String property, String value) {
        if (value.isBlank() || value.length() > LONGEST || !value.equals(value.strip())) {
            throw Refusal.saying(Fault.INVALID, property + " needs 1 to 128 characters without blanks around them");
        }
        if (!PlainText.is(value)) {
            throw Refusal.saying(Fault.INVALID, property + " has a character that cannot be shown");
        }
    }
}
