package io.fairlead.enterprise.recording;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names a recording: 32 hexadecimal digits in lower case, random. */
public record RecordingId(String value) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    /** Throws a Refusal(INVALID) for anything else. */
    public RecordingId {
        if (!HEX.matcher(value).matches()) {
            throw new Refusal(Fault.INVALID, "a recording's id has 32 hexadecimal digits");
        }
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
