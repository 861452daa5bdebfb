package io.fairlead.enterprise.app;

import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Selection;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.catalogue.Catalogue;
import io.fairlead.firewall.catalogue.Catalogue.Named;
import io.fairlead.settings.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which rows of an allowlist somebody wants, and from where they are dialled. */
final class AllowlistChoice {
    private static final List<String> PROFILES = List.of("443", "all");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--product", paramLabel = "P", description = "Only what this product line dials.")
    private @Nullable String product;

    @Option(names = "--region", paramLabel = "R", description = "Only what is dialled in this region.")
    private @Nullable String region;

    @Option(names = "--host", paramLabel = "H", description = "Only this host.")
    private @Nullable String host;

    @Option(
            names = "--source",
            paramLabel = "CIDR",
            description = "From which network the instruments dial; may be repeated. Anywhere unless given.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "443|all",
            defaultValue = "all",
            description = "443 leaves out ports that nothing needs. Unless given: ${DEFAULT-VALUE}.")
    private String profile = "all";

    /** Throws a ParameterException for words that the catalogue does not have. */
    Selection selection(Catalogue catalogue) {
        return new Selection(
                named("--product", product, catalogue.products()),
                named("--region", region, catalogue.regions()),
                host(),
                onlyNeeded());
    }

    /** None for anywhere. */
    List<Cidr> sources() {
        return sources.stream().map(this::source).toList();
    }

    /** Throws Unable when a host was asked for to which nothing leads. */
    void refuseUnknownHost(List<Row> all) {
        String given = host;
        if (given != null) {
            List<String> hosts = all.stream()
                    .map(Row::to)
                    .filter(HostName.class::isInstance)
                    .map(Destination::text)
                    .distinct()
                    .toList();
            if (!hosts.contains(given.toLowerCase(Locale.ROOT))) {
                throw new Unable("Nothing in the list leads to " + TextTable.plain(given)
                        + Nearest.to(given, hosts)
                                .map(near -> ". Did you mean " + near + "?")
                                .orElse("."));
            }
        }
    }

    private boolean onlyNeeded() {
        if (!PROFILES.contains(profile)) {
            throw usage("--profile takes 443 or all");
        }
        return profile.equals("443");
    }

    private Cidr source(String text) {
        try {
            return Cidr.of(text);
        } catch (IllegalArgumentException wrong) {
            throw usage("--source " + TextTable.plain(text) + " " + wrong.getMessage());
        }
    }

    private Optional<HostName> host() {
        try {
            return Optional.ofNullable(host).map(HostName::of);
        } catch (IllegalArgumentException wrong) {
            throw usage("--host " + TextTable.plain(String.valueOf(host)) + " " + wrong.getMessage());
        }
    }

    private Optional<Word> named(String option, @Nullable String word, List<Named> known) {
        if (word == null) {
            return Optional.empty();
        }
        List<String> words = known.stream().map(each -> each.id().value()).toList();
        if (!words.contains(word)) {
            throw usage(option + ": the catalogue has no " + TextTable.plain(word) + nearest(word, words));
        }
        return Optional.of(new Word(word));
    }

    static String nearest(String word, Collection<String> known) {
        return Nearest.to(word, known)
                .map(near -> ". Did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? "; it tells none apart" : "; there are " + String.join(", ", known));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
