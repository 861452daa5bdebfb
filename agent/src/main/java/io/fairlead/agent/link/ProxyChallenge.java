package io.fairlead.agent.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way in which a proxy would be told who asks (RFC 9110 section 11.3).
 *
 * @param scheme in lower case
 * @param token what follows the scheme where that is one word, as in NTLM; empty where not
 * @param parameters by their names in lower case, without quotes
 */
record ProxyChallenge(String scheme, String token, Map<String, String> parameters) {
    private static final String WORD = "([A-Za-z0-9!#$%&'*+.^_`|~-]++)";
    private static final Pattern PARAMETER =
            Pattern.compile(WORD + "[ \t]*=[ \t]*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|" + WORD + ")");
    private static final Pattern SCHEME =
            Pattern.compile(WORD + "(?![ \t]*=)(?:[ \t]+([A-Za-z0-9._~+/-]++=*)(?=[ \t]*(?:,|$)))?");
    private static final Pattern BETWEEN = Pattern.compile("[ \t,]*");
    private static final int MOST = 16;

    ProxyChallenge {
        parameters = Map.copyOf(parameters);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Those of one header; what cannot be read, and what follows it, is left out. */
    static List<ProxyChallenge> in(String header) {
        List<ProxyChallenge> all = new ArrayList<>();
        Map<String, String> parameters = new HashMap<>();
        String scheme = "";
        String token = "";
        Matcher at = BETWEEN.matcher(header);
        int from = 0;
        while (all.size() < MOST) {
            at.usePattern(BETWEEN).region(from, header.length());
            from = at.lookingAt() ? at.end() : from;
            at.region(from, header.length());
            if (!scheme.isEmpty() && at.usePattern(PARAMETER).lookingAt()) {
                String value = at.group(2) == null ? at.group(3) : at.group(2).replaceAll("\\\\(.)", "$1");
                parameters.put(at.group(1).toLowerCase(Locale.ROOT), value);
            } else {
                if (!scheme.isEmpty()) {
                    all.add(new ProxyChallenge(scheme, token, parameters));
                }
                if (!at.usePattern(SCHEME).lookingAt()) {
                    break;
                }
                scheme = at.group(1).toLowerCase(Locale.ROOT);
                token = at.group(2) == null ? "" : at.group(2);
                parameters = new HashMap<>();
            }
            from = at.end();
        }
        return List.copyOf(all);
    }
}
