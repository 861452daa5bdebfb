package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A media type with its parameters (RFC 2045 section 5.1).
 *
 * @param name such as {@code text/xml}, in lower case
 * @param parameters without quotes, by their names in lower case
 */
public record MediaType(String name, Map<String, String> parameters) {
    /** Characters of all of it. */
    private static final int LONGEST = 1_024;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern NAME = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\";]++))\\s*");
    private static final Pattern END = Pattern.compile("[\\s;]*");

    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /** Throws a Refusal(CONTENT_TYPE), also for a parameter that is said twice. */
    public static MediaType parse(String text) {
        Matcher name = NAME.matcher(text);
        if (text.length() > LONGEST || !name.lookingAt()) {
            throw new Refusal(Fault.CONTENT_TYPE, "a content-type that does not read");
        }
        Map<String, String> parameters = new HashMap<>();
        int at = name.end();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.region(at, text.length()).lookingAt()) {
            String quoted = parameter.group(2);
            String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            if (parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value) != null) {
                throw new Refusal(Fault.CONTENT_TYPE, "a parameter that is said twice");
            }
            at = parameter.end();
        }
        if (!END.matcher(text.substring(at)).matches()) {
            throw new Refusal(Fault.CONTENT_TYPE, "a content-type that does not read");
        }
        return new MediaType(name.group(1).toLowerCase(Locale.ROOT), parameters);
    }

    public @Nullable String parameter(String named) {
        return parameters.get(named);
    }
}
