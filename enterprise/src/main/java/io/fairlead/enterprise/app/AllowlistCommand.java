package io.fairlead.enterprise.app;

import io.fairlead.enterprise.allowlist.NameSearch;
import io.fairlead.enterprise.allowlist.Wanted;
import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Selection;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.catalogue.Catalogue;
import io.fairlead.firewall.catalogue.CatalogueException;
import io.fairlead.firewall.format.Format;
import io.fairlead.firewall.format.Formats;
import io.fairlead.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes an allowlist in the language of a firewall, from files alone: no server need run. */
@Command(
        name = "allowlist",
        description = {
            "Writes what firewalls have to let out, in their own language.",
            "From a catalogue, and from a server's configuration for what that server listens on. No server need run."
        },
        footer = {
            "",
            "`--format list` says which formats there are. A list made here is marked as unpublished and bears no signature.",
            "",
            "Examples:",
            "  fairlead allowlist --catalogue catalogue.yaml --format table",
            "  fairlead allowlist --config /etc/fairlead/enterprise.conf --format asa --source 10.20.0.0/16 --out rules.txt",
            "  fairlead allowlist --catalogue catalogue.yaml --product imaging --region eu --profile 443 --format csv",
            "  fairlead allowlist --check catalogue.yaml",
            "",
            "Exit codes: 0 done, 1 refused, failed, or faults found, 2 wrong usage."
        })
final class AllowlistCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final AllowlistChoice chosen = new AllowlistChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--catalogue", paramLabel = "FILE", description = "The catalogue of services, YAML.")
    private @Nullable Path catalogue;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A server's configuration: what it listens on is in the list as well, and its catalogue is taken.")
    private @Nullable Path config;

    @Option(names = "--format", paramLabel = "F", description = "How it is written; `list` says what there is.")
    private @Nullable String format;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file; standard output unless given.")
    private @Nullable Path out;

    @Option(names = "--check", paramLabel = "FILE", description = "Only judges a catalogue and says all its faults.")
    private @Nullable Path check;

    AllowlistCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (check != null) {
            return judge(check);
        }
        if ("list".equals(format)) {
            TextTable table = new TextTable("FORMAT", "WHAT IT IS");
            Formats.ALL.forEach(each -> table.row(each.key(), each.title()));
            screen.print(table.lines());
            return 0;
        }
        Format wanted = format();
        List<Cidr> from = chosen.sources();
        Optional<EnterpriseConfig> server = server();
        Catalogue services = Optional.ofNullable(catalogue)
                .or(() -> server.flatMap(EnterpriseConfig::catalogue))
                .map(AllowlistCommand::read)
                .orElseGet(Catalogue::shipped);
        Selection selection = chosen.selection(services);
        Instant now = screen.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        List<Row> all =
                rows(services, server).stream().filter(row -> !row.isOver(now)).toList();
        List<Row> rows = selection.of(all);
        refuseNothing(all, rows);
        Allowlist list =
                new Allowlist(services.title(), version(services, rows), now, rows, from, addresses(wanted, rows, now));
        String text = wanted.render(list);
        if (text.isBlank()) {
            throw new Unable("None of the rows can be said as " + wanted.key()
                    + ": this format has no place for their kind of host, port or date, or for comments.");
        }
        write(text, rows.size());
        return 0;
    }

    private int judge(Path file) {
        Catalogue good = read(file);
        screen.print(file + " is a catalogue: services=" + good.rows().size() + " products="
                + good.products().size() + " regions=" + good.regions().size() + " domains="
                + good.domains().size() + " networks=" + good.networks().size() + ".");
        return 0;
    }

    private static Catalogue read(Path file) {
        try {
            return Catalogue.read(file);
        } catch (CatalogueException broken) {
            throw new Unable(String.valueOf(broken.getMessage()), broken);
        } catch (NoSuchFileException missing) {
            throw new Unable("There is no file " + file + ".", missing);
        } catch (IOException unreadable) {
            throw new Unable("Cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private Optional<EnterpriseConfig> server() {
        if (config == null) {
            return Optional.empty();
        }
        if (!Files.isReadable(config)) {
            throw new Unable("Cannot read the configuration file " + config + ".");
        }
        try {
            return Optional.of(EnterpriseConfig.read(config));
        } catch (SettingsException faults) {
            throw new Unable(String.valueOf(faults.getMessage()), faults);
        }
    }

    /** A host that the catalogue does not name is said aloud: somebody believes it to be in the list. */
    private List<Row> rows(Catalogue services, Optional<EnterpriseConfig> server) {
        Wanted wanted = Wanted.of(services, server.map(LiveHosts::of).orElse(List.of()));
        wanted.unnamed()
                .forEach(name -> screen.complain("Not in the list: " + TextTable.plain(name)
                        + ", for no domain and no network of the catalogue holds it. No server publishes it either."));
        return wanted.rows();
    }

    private Format format() {
        String key = format;
        if (key == null) {
            throw usage("--format is missing; `--format list` says which there are");
        }
        return Formats.of(key)
                .orElseThrow(() -> usage(
                        "There is no format " + TextTable.plain(key) + AllowlistChoice.nearest(key, Formats.keys())));
    }

    /** A file without a rule looks as if nothing had to be let out. */
    private void refuseNothing(List<Row> all, List<Row> rows) {
        if (!rows.isEmpty()) {
            return;
        }
        if (all.isEmpty()) {
            throw new Unable("Nothing would be in the list: "
                    + (catalogue == null
                            ? "name a catalogue by --catalogue FILE, or a server's configuration by --config FILE."
                            : "the catalogue names no service"
                                    + (config == null ? "; --config FILE adds a server's own." : ".")));
        }
        chosen.refuseUnknownHost(all);
        throw new Unable("Nothing in the list is for all that was chosen together.");
    }

    private Addresses addresses(Format wanted, List<Row> rows, Instant now) {
        if (!wanted.needsAddresses()) {
            return new Addresses(now, Map.of());
        }
        Addresses found = found(rows, now);
        List<String> lost = rows.stream()
                .map(Row::to)
                .filter(to -> found.of(to).isEmpty())
                .map(Destination::text)
                .distinct()
                .toList();
        if (!lost.isEmpty()) {
            screen.complain("No address was found here for " + String.join(", ", lost)
                    + ". A firewall that knows no names does not let them out by this file.");
        }
        return found;
    }

    private static Addresses found(List<Row> rows, Instant now) {
        try {
            return new NameSearch().of(rows, now);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unable("It was interrupted.", stopped);
        }
    }

    /** Of what is in it: the same rows have the same. */
    private static Word version(Catalogue services, List<Row> rows) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256")
                    .digest((services.title() + "\n" + rows).getBytes(StandardCharsets.UTF_8));
            return new Word("unpublished-" + HexFormat.of().formatHex(sha256, 0, 6));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private void write(String text, int rows) {
        if (out == null) {
            screen.out().print(text);
            screen.out().flush();
            return;
        }
        try {
            Path unused = Files.writeString(out, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new Unable(out + " is there already. It is left as it is; name another file.", there);
        } catch (IOException unwritable) {
            throw new Unable("Cannot write " + out + ": " + unwritable.getMessage(), unwritable);
        }
        screen.complain("Wrote " + out + ": rows=" + rows + ".");
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
