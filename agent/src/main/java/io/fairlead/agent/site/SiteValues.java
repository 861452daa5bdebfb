package io.fairlead.agent.site;

import io.fairlead.agent.status.ContractLimits;
import io.fairlead.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Makes values of {@code site.conf} out of texts; what a maker throws is told with the key's line. */
final class SiteValues {
    private SiteValues() {}

    /** What is made of a key's text; empty when there is none or it cannot be made, which is then noted. */
    static <T> Optional<T> optional(Settings section, String key, Function<String, T> maker) {
        Optional<String> text = section.optionalText(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(maker.apply(text.get()));
        } catch (IllegalArgumentException e) {
            section.refuse(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The same for a key that must be there. */
    static <T> Optional<T> required(Settings section, String key, Function<String, T> maker) {
        if (!section.has(key)) {
            section.refuse(key, "is missing");
        }
        return optional(section, key, maker);
    }

    static <T> List<T> each(Settings section, String key, Function<String, T> maker) {
        List<T> made = new ArrayList<>();
        for (String text : section.texts(key)) {
            try {
                made.add(maker.apply(text));
            } catch (IllegalArgumentException e) {
                section.refuse(key, String.valueOf(e.getMessage()));
            }
        }
        return made;
    }

    static String name(String text) {
        if (!ContractLimits.isName(text)) {
            throw new IllegalArgumentException(
                    quoted(text) + " is no name: letters, digits and . _ / : - ; 64 at most, first a letter or digit");
        }
        return text;
    }

    static String unit(String text) {
        if (!ContractLimits.isUnit(text)) {
            throw new IllegalArgumentException(quoted(text) + " is no unit: 1 to 16 characters");
        }
        return text;
    }

    static Path folder(String text) {
        Path folder = Path.of(text);
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException(quoted(text) + " is not an absolute path");
        }
        return folder.normalize();
    }

    static String glob(String text) {
        if (text.isBlank() || text.indexOf('/') >= 0) {
            throw new IllegalArgumentException(quoted(text) + " is no pattern for names of files");
        }
        try {
            var matcher = Path.of("").getFileSystem().getPathMatcher("glob:" + text);
            return matcher.toString().isEmpty() ? "" : text;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(quoted(text) + ": " + e.getDescription(), e);
        }
    }

    static Pattern regex(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    quoted(text) + " is no regular expression: " + e.getDescription() + " near " + e.getIndex(), e);
        }
    }

    static char delimiter(String text) {
        if (text.equals("tab")) {
            return '\t';
        }
        if (text.length() != 1 || text.charAt(0) < ' ' || text.charAt(0) == '"') {
            throw new IllegalArgumentException(quoted(text) + " is not one character, or tab");
        }
        return text.charAt(0);
    }

    static String keyHash(String text) {
        boolean hash;
        try {
            hash = text.length() == 43 && Base64.getUrlDecoder().decode(text).length == 32;
        } catch (IllegalArgumentException e) {
            hash = false;
        }
        if (!hash) {
            throw new IllegalArgumentException(quoted(text) + " is no SHA-256 in base64url without padding");
        }
        return text;
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
