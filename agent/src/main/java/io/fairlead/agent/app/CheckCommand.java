package io.fairlead.agent.app;

import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.PinnedCas;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.Sounder;
import io.fairlead.agent.link.Vouching;
import io.fairlead.agent.reach.Arrival;
import io.fairlead.agent.reach.Check;
import io.fairlead.agent.reach.Delivery;
import io.fairlead.agent.reach.Report;
import io.fairlead.agent.reach.Source;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Selection;
import io.fairlead.firewall.format.Format;
import io.fairlead.firewall.format.Formats;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agent check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Walks the allowlist from this PC, by the ways that the agent takes, and says what is reached, what is in"
                        + " the way, and what IT has to change. It changes nothing, and the agent may go on running."
                        + " Where this PC is enrolled and any of its servers is reached, the enterprise is told.",
        footer = {
            "",
            "The list: --list FILE, or of the server at URL, or of this agent's own servers; where none of those has one,"
                    + " the rows are this agent's own servers.",
            "",
            "Exit codes: 0 all that is required is reached, 1 not, or the check failed, 2 wrong usage.",
            "",
            "Examples:",
            "  agent check",
            "  agent check https://console.example --format html --out check.html",
            "  agent check --list allowlist.json --rules nftables"
        })
final class CheckCommand implements Callable<Integer> {
    private static final int MOST_IDLE = 60;
    private static final int MOST_BRIEF = 1_000;

    @Mixin
    private ListOptions chosen = new ListOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description =
                    "table, html, json, or brief: at most 1,000 characters, as an instruction's result takes them."
                            + " Default: ${DEFAULT-VALUE}.")
    private String format = "table";

    @Option(names = "--out", paramLabel = "FILE", description = "Writes there instead of to standard output.")
    private @Nullable Path out;

    @Option(
            names = "--rules",
            paramLabel = "FORMAT",
            description =
                    "Appends the rules that would let out what failed, for a firewall: nftables, windows, asa, paloalto,"
                            + " fortigate, squid and the others of docs/allowlist.md. Only with --format table.")
    private @Nullable String rules;

    @Option(names = "--no-report", description = "Does not tell the enterprise what was found.")
    private boolean noReport;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            defaultValue = "55",
            description =
                    "How long a server holds one request beside the rest, as it holds polls: 0 to 60; 0 for not at all."
                            + " Default: ${DEFAULT-VALUE}.")
    private int idle;

    @Mixin
    private DataOptions options = new DataOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws IOException, LinkException, InterruptedException {
        Function<Report, String> written = written();
        Optional<Format> appended = appended();
        Selection selection = chosen.selection();
        chosen.refuseNonsense();
        if (idle < 0 || idle > MOST_IDLE) {
            throw usage("--idle is 0 to " + MOST_IDLE + " seconds");
        }
        if (out != null && !Files.isDirectory(out.toAbsolutePath().resolveSibling("."))) {
            throw usage("--out " + out + ": there is no such folder");
        }
        new Logging().quiet();
        Path kept = Files.createTempDirectory("fairlead-check");
        try {
            Report report = report(selection, kept, appended, written);
            return report.good() ? 0 : 1;
        } finally {
            clean(kept);
        }
    }

    private Report report(Selection selection, Path kept, Optional<Format> appended, Function<Report, String> written)
            throws IOException, LinkException, InterruptedException {
        Path data = options.data().toAbsolutePath().normalize();
        RunSettings settings = options.settings();
        Site site = Site.read(settings, data);
        Optional<Identity> identity = identity(data);
        Dialer dialer = SiteWays.dialer(site.config().proxy(), settings, pac(data, kept));
        Sounder sounder = new Sounder(dialer, clock::instant);
        List<ServerAddress> servers = servers(site, identity);
        Optional<PinnedCas> ours = chosen.ours(identity, sounder);
        Source source = chosen.source(servers, site, sounder, ours, clock);
        List<Row> rows = selection.of(source.rows());
        if (rows.isEmpty()) {
            throw new CannotStart("there is nothing to check: the list has no row"
                    + (source.rows().isEmpty() ? "" : " of that product and region"));
        }
        if (identity.isPresent() && idle > 0) {
            spec.commandLine().getErr().println("Checking; one request is held for " + idle + " s (--idle 0: not).");
        }
        Check check = new Check(sounder, new Vouching(ours, clock::instant), identity, servers, idle, clock);
        Report found = new Report(
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                pc(),
                identity.map(Identity::deviceId),
                said(source, identity, data),
                check.of(rows));
        Report report = found.with(brought(found, source, servers, dialer, identity));
        write(written.apply(report)
                + appended.map(format -> rules(report, source, format)).orElse(""));
        return report;
    }

    private Arrival brought(
            Report report, Source source, List<ServerAddress> servers, Dialer dialer, Optional<Identity> identity) {
        if (noReport) {
            return new Arrival(false, "--no-report");
        }
        if (identity.isEmpty()) {
            return new Arrival(false, "no identity of a device can be read");
        }
        SoapCodec codec = new SoapCodec(new Documents(XmlReaders.ofJdk()));
        return new Delivery(dialer, identity.get(), codec, clock::instant).bring(report, source.list(), servers);
    }

    /** A PC that cannot look its own name up is checked as well. */
    private static String pc() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this PC";
        }
    }

    private String rules(Report report, Source source, Format format) {
        String text = report.rules(source, format, clock.instant());
        return text.isEmpty() ? "" : "\n---- " + format.title() + ": what failed ----\n" + text;
    }

    private static List<String> said(Source source, Optional<Identity> identity, Path data) {
        List<String> said = new ArrayList<>(source.said());
        if (identity.isEmpty()) {
            said.add("no identity of a device can be read in " + data
                    + ": mutual TLS, WebSockets, quiet connections and the clock are not checked");
        }
        return said;
    }

    private static List<ServerAddress> servers(Site site, Optional<Identity> identity) {
        if (identity.isPresent()) {
            return site.servers(identity.get());
        }
        return site.config().servers().stream()
                .map(server -> new ServerAddress(server.host(), server.port()))
                .toList();
    }

    /** Empty where there is none, or this account may not read it. */
    private Optional<Identity> identity(Path data) {
        try {
            return new IdentityFolder(data.resolve("identity"), clock).load();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The agent's own copy of the site's PAC file stays as it is. */
    private static Path pac(Path data, Path kept) {
        Path copy = kept.resolve("pac");
        try {
            return Files.copy(data.resolve("pac"), copy);
        } catch (IOException e) {
            // There is none, or it is not for this account: the file is fetched.
            return copy;
        }
    }

    private static void clean(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void write(String text) throws IOException {
        if (out != null) {
            Path unused = Files.writeString(out, text);
            spec.commandLine().getErr().println("Written to " + out + ".");
        } else {
            // In UTF-8 whatever the console's own is: the same bytes as in a file.
            PrintStream plain = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            plain.print(text);
            plain.flush();
        }
    }

    private Function<Report, String> written() {
        return switch (format) {
            case "table" -> Report::text;
            case "html" -> Report::html;
            case "json" -> Report::json;
            case "brief" -> report -> report.brief(MOST_BRIEF);
            default -> throw usage("--format is table, html, json or brief");
        };
    }

    private Optional<Format> appended() {
        if (rules == null) {
            return Optional.empty();
        }
        if (!format.equals("table")) {
            throw usage("--rules goes with --format table");
        }
        return Optional.of(Formats.of(rules)
                .orElseThrow(() -> usage("--rules is one of " + String.join(", ", Formats.keys()))));
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
