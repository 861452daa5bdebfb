package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/** The contract's FilePath. What it means at the device, and whether it may be touched, the agent alone decides. */
final class ActPath {
    private static final int LONGEST = 512;

    private ActPath() {}

    static void check(String path) {
        if (path.isBlank() || path.length() > LONGEST) {
            throw Refusal.saying(Fault.INVALID, "a file's path has 1 to 512 characters");
        }
        if (!PlainText.is(path)) {
            throw Refusal.saying(Fault.INVALID, "a file's path has no control characters and turns no writing round");
        }
    }
}
