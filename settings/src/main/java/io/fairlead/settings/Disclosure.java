package io.fairlead.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a file says, fit to leave the house: no comments; stars for what a key's name calls a secret, for names of people, for
 * the user part of addresses, and for all of a command but its program.
 */
public final class Disclosure {
    private static final String STARS = "***";
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(password|passwd|passphrase|secret|token|credential|pin|private|people|user|account).*");
    private static final Pattern USER_PART = Pattern.compile("://[^/@\\s]*@");

    private Disclosure() {}

    /** Reads a file anew; why it cannot be read where it cannot. */
    public static String of(Path file) {
        if (!Files.isReadable(file)) {
            return "# cannot be read\n";
        }
        try {
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);
            return render(ConfigFactory.parseFile(file.toFile(), options).root());
        } catch (ConfigException e) {
            return "# is no HOCON: " + e.getClass().getSimpleName() + "\n";
        }
    }

    private static String render(ConfigObject root) {
        ConfigRenderOptions options = ConfigRenderOptions.defaults()
                .setOriginComments(false)
                .setComments(false)
                .setJson(false);
        return ConfigValueFactory.fromAnyRef(object(root)).render(options) + "\n";
    }

    private static Map<String, Object> object(ConfigObject from) {
        Map<String, Object> to = new LinkedHashMap<>();
        from.forEach((key, value) -> to.put(key, SECRET.matcher(key).matches() ? STARS : value(key, value)));
        return to;
    }

    private static Object value(String key, ConfigValue value) {
        if (value instanceof ConfigObject object) {
            return object(object);
        }
        if (value instanceof ConfigList list) {
            boolean command = key.equals("command");
            List<Object> to = new ArrayList<>();
            for (ConfigValue each : list) {
                to.add(command && !to.isEmpty() ? STARS : value("", each));
            }
            return to;
        }
        if (value.valueType() == ConfigValueType.STRING) {
            return USER_PART.matcher(value.unwrapped().toString()).replaceAll("://" + STARS + "@");
        }
        return value.unwrapped() == null ? "null" : value.unwrapped();
    }
}
