package io.fairlead.enterprise.instruction;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.regex.Pattern;

/** The contract's Name, for what an act names. */
final class ActName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:\\-]{0,63}");

    private ActName() {}

    static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.saying(
                    Fault.INVALID,
                    what + " is named by 1 to 64 letters, digits and . _ / : - and begins with a letter or digit");
        }
    }
}
