package io.fairlead.enterprise.login;

import io.fairlead.enterprise.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Browsers from which somebody has logged in before. A mark is {@code ID.HMAC(ID, person)}: it says for whom it is good to
 * nobody but us, gives no access, and only has its failures counted apart. A browser keeps the last {@value #MOST} of
 * them, divided by {@code ~}: several people may share a machine.
 */
public final class KnownBrowsers {
    private static final int MOST = 8;

    private final LoginKeys keys;
    private final Ids ids;

    public KnownBrowsers(LoginKeys keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    /** The browser's id for that person; empty when it is not known to him. */
    Optional<String> find(String marks, String person) {
        return split(marks).stream()
                .filter(mark -> isOf(mark, person))
                .map(mark -> mark.substring(0, 32))
                .findFirst();
    }

    /** The marks with one of the person among them. */
    String with(String marks, String person) {
        List<String> all = split(marks);
        if (all.stream().noneMatch(mark -> isOf(mark, person))) {
            String id = ids.next();
            all.add(id + "." + hmac(id, person));
        }
        return String.join("~", all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    private static List<String> split(String marks) {
        List<String> all = new ArrayList<>();
        for (String mark : marks.split("~", MOST + 2)) {
            if (mark.matches("[0-9a-f]{32}\\.[0-9a-f]{64}") && all.size() < MOST) {
                all.add(mark);
            }
        }
        return all;
    }

    private boolean isOf(String mark, String person) {
        return MessageDigest.isEqual(
                mark.substring(33).getBytes(StandardCharsets.US_ASCII),
                hmac(mark.substring(0, 32), person).getBytes(StandardCharsets.US_ASCII));
    }

    private String hmac(String id, String person) {
        return HexFormat.of().formatHex(keys.browserMark(id, person));
    }
}
