package io.fairlead.enterprise.file;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.regex.Pattern;

/** A transfer's name: 32 hexadecimal digits that the enterprise made. */
public record TransferId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /** Throws a Refusal(NOT_FOUND) for anything else: no such transfer can be there. */
    public TransferId {
        if (!FORM.matcher(value).matches()) {
            throw new Refusal(Fault.NOT_FOUND, "a transfer's id has 32 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
