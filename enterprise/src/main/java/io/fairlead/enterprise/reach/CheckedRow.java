package io.fairlead.enterprise.reach;

import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One port of one host, as a device found it. Refuses what the contract does not allow with Refusal(INVALID).
 *
 * @param host a name, an address or a network
 * @param required whether the product fails without it
 * @param trouble of a row that failed; else null
 * @param way null where nothing was dialled
 * @param found the device's own words, at most {@value #MOST_FOUND} characters
 */
public record CheckedRow(
        String host,
        Protocol protocol,
        int port,
        boolean required,
        Reached reached,
        @Nullable Trouble trouble,
        @Nullable Way way,
        String found) {
    /** Characters of a device's own words. */
    public static final int MOST_FOUND = 300;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:/-]{0,252}");
    private static final int MOST_PORT = 65_535;

    /** Of the transport. */
    public enum Protocol {
        TCP,
        UDP
    }

    public CheckedRow {
        if (!HOST.matcher(host).matches() || port < 1 || port > MOST_PORT) {
            throw new Refusal(Fault.INVALID, "host or port of a checked row");
        }
        if ((reached == Reached.FAILED) != (trouble != null)) {
            throw new Refusal(Fault.INVALID, "a row that failed has its trouble, and no other has one");
        }
        if (found.length() > MOST_FOUND || !PlainText.is(found)) {
            throw new Refusal(Fault.INVALID, "what was found is plain text of at most 300 characters");
        }
    }

    public boolean failed() {
        return reached == Reached.FAILED;
    }

    /** Whether it is about the same port of the same host. */
    public boolean isSame(CheckedRow other) {
        return host.equals(other.host) && protocol == other.protocol && port == other.port;
    }

    /** As IT says it, such as {@code TCP 443 to agents.example}. */
    public String text() {
        return protocol + " " + port + " to " + host;
    }
}
