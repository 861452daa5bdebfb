package io.fairlead.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One section of a HOCON file, read key by key. A reader asks for what it knows, with default and bounds, and in the end
 * calls {@link #done()} on the root: that refuses every key nobody asked for. A wrong value is noted, and its default
 * given back, so that all faults are told together. Includes and substitutions are not taken: what counts is what the
 * file says. Not thread-safe.
 */
public final class Settings {
    private static final Pattern RATE = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,3})?) *([kM])bit/s");
    private static final long LEAST_RATE = 64_000;

    private final String name;
    private final String path;
    private final ConfigObject values;
    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Settings> sections = new ArrayList<>();

    private Settings(String name, String path, ConfigObject values, Faults faults) {
        this.name = name;
        this.path = path;
        this.values = values;
        this.faults = faults;
    }

    /** Reads a file. Throws a SettingsException when it is missing, unreadable or no HOCON. */
    public static Settings read(Path file) {
        if (!Files.isReadable(file)) {
            throw new SettingsException(
                    List.of(file + (Files.exists(file) ? ": cannot be read" : ": there is no such file")));
        }
        String name = String.valueOf(file.getFileName());
        return parse(name, () -> ConfigFactory.parseFile(file.toFile(), options(name)));
    }

    /** Reads a text; the name stands for the file in messages. */
    public static Settings of(String name, String text) {
        return parse(name, () -> ConfigFactory.parseString(text, options(name)));
    }

    private static Settings parse(String name, Supplier<Config> parser) {
        try {
            return new Settings(name, "", parser.get().root(), new Faults());
        } catch (ConfigException e) {
            throw new SettingsException(List.of(where(name, e.origin()) + cause(e)));
        }
    }

    private static ConfigParseOptions options(String name) {
        return ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setAllowMissing(false)
                .setOriginDescription(name)
                .setIncluder(new NoIncludes());
    }

    private static String cause(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        int colon = message.indexOf(": ");
        return (colon < 0 ? message : message.substring(colon + 2)).replaceAll("\\s+", " ");
    }

    // Values
    // ------------------------------------------------------------------------------------------------------------

    /** Whether the file has the key. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** A text that must be there. */
    public String text(String key) {
        if (!has(key)) {
            refuse(key, "is missing");
        }
        return text(key, "");
    }

    public String text(String key, String fallback) {
        return optionalText(key).orElse(fallback);
    }

    public Optional<String> optionalText(String key) {
        return value(key, ConfigValueType.STRING).map(Object::toString);
    }

    public boolean flag(String key, boolean fallback) {
        return value(key, ConfigValueType.BOOLEAN).map(Boolean.class::cast).orElse(fallback);
    }

    /** A whole number within bounds, both included. */
    public int number(String key, int fallback, int least, int most) {
        Number raw = value(key, ConfigValueType.NUMBER).map(Number.class::cast).orElse(fallback);
        double number = raw.doubleValue();
        if (number != Math.rint(number) || number < least || number > most) {
            refuse(key, raw + " is not a whole number from " + least + " to " + most);
            return fallback;
        }
        return (int) number;
    }

    /** A duration such as {@code 30s} or {@code 2 hours}, within bounds, both included. */
    public Duration duration(String key, Duration fallback, Duration least, Duration most) {
        known.add(key);
        if (!has(key)) {
            return fallback;
        }
        try {
            Duration duration = values.toConfig().getDuration(quoted(key));
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                refuse(key, "is not from " + words(least) + " to " + words(most));
                return fallback;
            }
            return duration;
        } catch (ConfigException e) {
            refuse(key, "is no duration such as 30s, 5m or 2h");
            return fallback;
        }
    }

    /** A number of bytes such as {@code 500 MB} (a million each) or {@code 512 MiB}, within bounds, both included. */
    public long bytes(String key, long fallback, long least, long most) {
        known.add(key);
        if (!has(key)) {
            return fallback;
        }
        try {
            long bytes = values.toConfig().getBytes(quoted(key));
            if (bytes < least || bytes > most) {
                refuse(key, "is not from " + least / 1_000_000 + " MB to " + most / 1_000_000 + " MB");
                return fallback;
            }
            return bytes;
        } catch (ConfigException e) {
            refuse(key, "is no size such as 500 MB or 2 GB");
            return fallback;
        }
    }

    /** Bits a second as the line's owner counts them, {@code 128 kbit/s} or {@code 2.5 Mbit/s}: 64,000 or more. */
    public OptionalLong rate(String key) {
        String text = text(key, "");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            refuse(key, "\"" + text + "\" is no rate such as \"128 kbit/s\" or \"2.5 Mbit/s\"");
            return OptionalLong.empty();
        }
        BigDecimal unit = BigDecimal.valueOf(rate.group(2).equals("k") ? 1_000 : 1_000_000);
        long bits = new BigDecimal(rate.group(1)).multiply(unit).longValue();
        if (bits < LEAST_RATE) {
            refuse(key, "\"" + text + "\" is below 64 kbit/s");
            return OptionalLong.empty();
        }
        return OptionalLong.of(bits);
    }

    /** One of an enum's names, in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        String word = text(key, word(fallback));
        for (E each : type.getEnumConstants()) {
            if (word(each).equals(word)) {
                return each;
            }
        }
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Settings::word).toList();
        refuse(key, "\"" + word + "\" is none of " + String.join(", ", words));
        return fallback;
    }

    /** A list of texts; empty when the key is missing. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (ConfigValue each : list(key)) {
            if (each.valueType() == ConfigValueType.STRING) {
                texts.add(each.unwrapped().toString());
            } else {
                faults.add(each.origin(), where(name, each.origin()) + path + key + " is a list of texts");
            }
        }
        return texts;
    }

    /** A list of texts and whole numbers, all as texts; empty when the key is missing. */
    public List<String> words(String key) {
        List<String> words = new ArrayList<>();
        for (ConfigValue each : list(key)) {
            if (each.valueType() == ConfigValueType.STRING || each.valueType() == ConfigValueType.NUMBER) {
                words.add(each.unwrapped().toString());
            } else {
                faults.add(each.origin(), where(name, each.origin()) + path + key + " is a list of texts and numbers");
            }
        }
        return words;
    }

    /** A section; an empty one when the key is missing. */
    public Settings section(String key) {
        known.add(key);
        ConfigValue value = values.get(key);
        if (value instanceof ConfigObject object) {
            return keep(new Settings(name, path + key + ".", object, faults));
        }
        if (value != null) {
            refuse(key, "is a section in braces");
        }
        return new Settings(name, path + key + ".", ConfigFactory.empty().root(), faults);
    }

    /** A list of sections; empty when the key is missing. */
    public List<Settings> sections(String key) {
        List<Settings> found = new ArrayList<>();
        int index = 0;
        for (ConfigValue each : list(key)) {
            index++;
            if (each instanceof ConfigObject object) {
                found.add(keep(new Settings(name, path + key + "[" + index + "].", object, faults)));
            } else {
                faults.add(each.origin(), where(name, each.origin()) + path + key + " is a list of sections in braces");
            }
        }
        return found;
    }

    /** The names of the keys, for a section whose keys are names that the writer of the file chose. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** Every key that was asked for, here and in the sections below, by its full name. */
    public Set<String> known() {
        Set<String> all = new LinkedHashSet<>();
        known.forEach(key -> all.add(path + key));
        sections.forEach(section -> all.addAll(section.known()));
        return all;
    }

    // Faults
    // ------------------------------------------------------------------------------------------------------------

    /** Notes that a value is wrong for a reason of the caller's. */
    public void refuse(String key, String why) {
        ConfigValue value = values.get(key);
        ConfigOrigin origin = value == null ? values.origin() : value.origin();
        faults.add(origin, where(name, origin) + path + key + " " + why);
    }

    /** Throws a SettingsException when anything is wrong, unknown keys included. For the root. */
    public void done() {
        refuseUnknown();
        faults.check();
    }

    private void refuseUnknown() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                refuse(
                        key,
                        "is not a key"
                                + Nearest.to(key, known)
                                        .map(near -> "; did you mean " + path + near + "?")
                                        .orElse(""));
            }
        }
        sections.forEach(Settings::refuseUnknown);
    }

    private Settings keep(Settings section) {
        sections.add(section);
        return section;
    }

    private List<ConfigValue> list(String key) {
        known.add(key);
        ConfigValue value = values.get(key);
        if (value instanceof ConfigList list) {
            try {
                list.forEach(ConfigValue::valueType);
                return list;
            } catch (ConfigException.NotResolved e) {
                refuse(key, "has a substitution, which is not taken");
                return List.of();
            }
        }
        if (value != null) {
            refuse(key, "is a list in brackets");
        }
        return List.of();
    }

    /** The value of a key, if it is there and of the type that is wanted. */
    private Optional<Object> value(String key, ConfigValueType type) {
        known.add(key);
        ConfigValue value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            if (value.valueType() == type) {
                return Optional.of(value.unwrapped());
            }
            refuse(key, "is a " + word(type) + ", not a " + word(value.valueType()));
        } catch (ConfigException.NotResolved e) {
            refuse(key, "has a substitution, which is not taken");
        }
        return Optional.empty();
    }

    private static String where(String name, @Nullable ConfigOrigin origin) {
        return origin == null || origin.lineNumber() < 0 ? name + ": " : name + ":" + origin.lineNumber() + ": ";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String quoted(String key) {
        return ConfigUtil.quoteString(key);
    }

    private static final class NoIncludes implements ConfigIncluder {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            throw new ConfigException.Generic("include is not taken");
        }
    }
}
