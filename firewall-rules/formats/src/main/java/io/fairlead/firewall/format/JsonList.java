package io.fairlead.firewall.format;

import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An allowlist as programs read it: one JSON object (RFC 8259), UTF-8, the same to the byte for the same list. What was
 * published can be read again, and is as valid then as what was written.
 *
 * @param title whose list it is
 * @param version that rises with each published list
 * @param issued when it was made
 * @param expires from when on nobody takes it any more; empty for a list that was not published
 * @param previous SHA-256 of the bytes of the published list before it, 64 hexadecimal digits; empty for the first
 * @param sources from which networks the instruments dial; none for anywhere
 * @param rows in order
 */
public record JsonList(
        Remark title,
        Word version,
        Instant issued,
        Optional<Instant> expires,
        Optional<String> previous,
        List<Cidr> sources,
        List<Row> rows) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public JsonList {
        if (previous.isPresent() && !SHA_256.matcher(previous.get()).matches()) {
            throw new IllegalArgumentException("is not 64 small hexadecimal digits");
        }
        sources = List.copyOf(sources);
        rows = List.copyOf(rows);
    }

    /** Its text, which ends with LF. */
    public String text() {
        return JsonListWriter.text(this);
    }

    /**
     * From at most 4 MiB; keys of later versions are passed over.
     *
     * @param from stays open
     * @throws NotAnAllowlist with a sentence that says where and why
     * @throws IOException when it cannot be read
     */
    public static JsonList read(InputStream from) throws IOException {
        return new JsonListReader().read(from);
    }
}
