package io.fairlead.enterprise.browser;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded}, in UTF-8. */
final class Fields {
    private static final int MOST = 1_000;

    private Fields() {}

    /** Throws a Refusal(INVALID) for what is not of this kind, or has more than {@value #MOST} fields. */
    static Map<String, List<String>> of(String encoded) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (encoded.isEmpty()) {
            return fields;
        }
        String[] pairs = encoded.split("&", MOST + 1);
        if (pairs.length > MOST) {
            throw new Refusal(Fault.INVALID, "a form of more than " + MOST + " fields");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            fields.computeIfAbsent(name, none -> new ArrayList<>())
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Fault.INVALID, "a form that is not URL-encoded", e);
        }
    }
}
