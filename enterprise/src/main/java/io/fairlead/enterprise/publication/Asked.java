package io.fairlead.enterprise.publication;

import io.fairlead.enterprise.allowlist.Portion;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Selection;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.format.Format;
import io.fairlead.firewall.format.Formats;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.MIMEHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What somebody asks for: which rows, from where, in which format.
 *
 * @param portion the part of the list that it is about
 * @param sources from which networks his instruments dial
 */
record Asked(Portion portion, Selection selection, List<Cidr> sources, Format format) {
    private static final Set<String> PARAMETERS = Set.of("format", "product", "region", "host", "profile", "source");
    private static final int MOST_SOURCES = 20;

    /**
     * @param accepted by the client, the dearest first; what {@code format} says goes before it
     * @throws Problem when a parameter is unknown, there twice, or not as it should be
     */
    static Asked of(MultiMap query, List<MIMEHeader> accepted) {
        for (String name : query.names()) {
            if (!PARAMETERS.contains(name)) {
                throw Problem.badParameter(
                        "\"" + printable(name) + "\"", "is none of format, product, region, host, profile and source");
            }
        }
        return new Asked(
                Portion.ALL,
                new Selection(
                        one(query, "product", Word::new),
                        one(query, "region", Word::new),
                        one(query, "host", HostName::of),
                        one(query, "profile", Asked::onlyNeeded).orElse(false)),
                sources(query.getAll("source")),
                one(query, "format", Asked::format).orElseGet(() -> format(accepted)));
    }

    /** The same of one host. */
    Asked at(HostName host) {
        return new Asked(
                portion,
                new Selection(selection.product(), selection.region(), Optional.of(host), selection.onlyNeeded()),
                sources,
                format);
    }

    /**
     * The same of a part of the list.
     *
     * @param usual the networks from which instruments dial there, where none is asked for
     */
    Asked within(Portion part, List<Cidr> usual) {
        return new Asked(part, selection, sources.isEmpty() ? usual : sources, format);
    }

    /** Whether it is the whole list, as it was signed. */
    boolean isSigned() {
        return portion.equals(Portion.ALL)
                && selection.equals(Selection.ALL)
                && sources.isEmpty()
                && format.key().equals("json");
    }

    private static <T> Optional<T> one(MultiMap query, String name, Function<String, T> of) {
        List<String> values = query.getAll(name);
        if (values.size() > 1) {
            throw Problem.badParameter(name, "is there " + values.size() + " times");
        }
        try {
            return values.stream().findFirst().map(of);
        } catch (IllegalArgumentException malformed) {
            throw Problem.badParameter(name, String.valueOf(malformed.getMessage()));
        }
    }

    private static boolean onlyNeeded(String profile) {
        if (!profile.equals("443") && !profile.equals("all")) {
            throw new IllegalArgumentException("is neither 443 nor all");
        }
        return profile.equals("443");
    }

    private static List<Cidr> sources(List<String> texts) {
        if (texts.size() > MOST_SOURCES) {
            throw Problem.badParameter("source", "is there more than " + MOST_SOURCES + " times");
        }
        List<Cidr> sources = new ArrayList<>();
        for (String text : texts) {
            try {
                sources.add(Cidr.of(text));
            } catch (IllegalArgumentException malformed) {
                throw Problem.badParameter("source", String.valueOf(malformed.getMessage()));
            }
        }
        return sources.stream().distinct().toList();
    }

    private static Format format(String key) {
        return Formats.of(key)
                .orElseThrow(() -> new IllegalArgumentException("is none of " + String.join(", ", Formats.keys())));
    }

    private static Format format(List<MIMEHeader> accepted) {
        for (MIMEHeader each : accepted) {
            if (each.component().equals("*") || each.value().equals("application/*")) {
                return format("json");
            }
            for (Format format : Formats.ALL) {
                String type = format.mediaType();
                if (type.startsWith(each.component() + "/")
                        && (each.subComponent().equals("*")
                                || type.split(";", 2)[0].endsWith("/" + each.subComponent()))) {
                    return format;
                }
            }
        }
        if (accepted.isEmpty()) {
            return format("json");
        }
        throw new Problem(
                406,
                "There is no format of that type",
                "What the client accepts is none of ours; ?format= takes " + String.join(", ", Formats.keys()) + ".");
    }

    private static String printable(String text) {
        return text.substring(0, Math.min(60, text.length())).replaceAll("[^ -~]", "?");
    }
}
