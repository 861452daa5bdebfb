package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.SyslogTarget;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.integration.IntegrationSettings;
import io.fairlead.enterprise.kernel.AppPool;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the configuration file says, with the defaults of {@code enterprise.conf.reference}, which documents every key.
 *
 * @param data the data folder; empty for the default of the user
 * @param operationsPort of metrics and health on loopback; 0 for a free one
 * @param databaseUrl of the operator's own PostgreSQL; empty for the embedded one
 * @param connections of this node to PostgreSQL
 * @param historyDays how long history is kept
 * @param files how files are kept
 * @param deviceLife how long a device's certificate lives
 * @param logIn how people log in
 * @param syslog where the sealed audit is sent to; empty for nowhere
 * @param integration how other systems call its services; published is empty for the people's listener
 * @param notificationCa whom receivers of notifications are believed by; empty for whom Java believes here
 * @param catalogue of the allowlist; empty for the one that is shipped
 * @param tunnels how the streams of remote sessions are taken
 */
public record EnterpriseConfig(
        Optional<Path> data,
        Listener people,
        Listener agents,
        int operationsPort,
        Optional<String> databaseUrl,
        int connections,
        Ingest ingest,
        int historyDays,
        Files files,
        Duration deviceLife,
        LogIn logIn,
        Optional<SyslogTarget> syslog,
        IntegrationSettings integration,
        Optional<Path> notificationCa,
        Optional<Path> catalogue,
        TunnelConfig tunnels) {
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern PUBLISHED = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]{1,5})?");
    private static final int LONGEST_LIFE_DAYS = Math.toIntExact(Authority.DEVICE_LIFE.toDays());

    /**
     * A listener.
     *
     * @param names for the certificate; at least one
     * @param publicPort the port that others are told; 0 for the listener's own
     */
    public record Listener(String bind, int port, List<String> names, int publicPort) {
        /** The name that others are told. */
        public String publicName() {
            return names.get(0);
        }

        /** The port that others are told. */
        public int toldPort() {
            return publicPort == 0 ? port : publicPort;
        }

        Listener at(int otherPort) {
            return new Listener(bind, otherPort, names, publicPort);
        }
    }

    /**
     * How status messages are taken.
     *
     * @param group messages in one transaction
     * @param waiting messages that may wait
     */
    public record Ingest(int group, int waiting) {}

    /**
     * How files are kept.
     *
     * @param keepDays after the end of their transfer
     * @param floorMegabytes of the disk that are not for files, in MiB
     * @param recordingDays for which a recording is kept from its beginning
     */
    public record Files(int keepDays, int floorMegabytes, int recordingDays) {}

    /**
     * How people log in.
     *
     * @param passkeys whether a passkey is asked for
     * @param proxies whose X-Forwarded-For is believed
     * @param idle after which a session ends in which nothing was asked
     * @param longest after which a session ends in any case
     */
    public record LogIn(boolean passkeys, Proxies proxies, Duration idle, Duration longest) {}

    /** Reads a file. Throws a SettingsException that names each fault with its line. */
    public static EnterpriseConfig read(Path file) {
        return of(Settings.read(file));
    }

    /** The defaults. */
    public static EnterpriseConfig defaults() {
        return of(Settings.of("defaults", ""));
    }

    static EnterpriseConfig of(Settings root) {
        Settings database = root.section("database");
        Settings ingest = root.section("ingest");
        Settings files = root.section("transfers");
        Settings people = root.section("people");
        Listener forPeople = listener(people, 8443);
        EnterpriseConfig config = new EnterpriseConfig(
                root.optionalText("data").map(Path::of),
                forPeople,
                listener(root.section("agents"), 8444),
                root.section("operations").number("port", 9464, 0, HIGHEST_PORT),
                database.optionalText("url"),
                database.number("connections", AppPool.DEFAULT_CONNECTIONS, 2, 100),
                new Ingest(ingest.number("group", 200, 1, 1000), ingest.number("waiting", 20_000, 200, 1_000_000)),
                root.section("history").number("days", 400, 7, 3650),
                new Files(
                        files.number("keep-days", 90, 1, 3650),
                        files.number("keep-free", 1024, 16, 1 << 30),
                        root.section("recordings").number("keep-days", 400, 1, 3650)),
                Duration.ofDays(
                        root.section("devices").number("certificate-days", LONGEST_LIFE_DAYS, 1, LONGEST_LIFE_DAYS)),
                logIn(people),
                syslog(root.section("audit").section("syslog")),
                integration(root.section("integration"), forPeople),
                root.section("notifications").optionalText("ca").map(Path::of),
                root.section("allowlist").optionalText("catalogue").map(Path::of),
                TunnelConfig.of(root.section("tunnels")));
        root.done();
        return config;
    }

    private static Optional<SyslogTarget> syslog(Settings section) {
        Optional<String> host = section.optionalText("host");
        int port = section.number("port", 6514, 1, HIGHEST_PORT);
        Optional<Path> ca = section.optionalText("ca").map(Path::of);
        Optional<Path> certificate = section.optionalText("certificate").map(Path::of);
        Optional<Path> key = section.optionalText("key").map(Path::of);
        if (host.isPresent() && ca.isEmpty()) {
            section.refuse("host", "needs ca beside it: whom to believe");
        }
        if (certificate.isPresent() != key.isPresent()) {
            section.refuse(certificate.isPresent() ? "certificate" : "key", "certificate and key go together");
        }
        return host.flatMap(name -> ca.map(file -> new SyslogTarget(
                name, port, file, certificate.flatMap(one -> key.map(two -> new SyslogTarget.Client(one, two))))));
    }

    private static IntegrationSettings integration(Settings section, Listener people) {
        boolean enabled = section.flag("enabled", true);
        Optional<IntegrationSettings.Certificates> certificates = certificates(section.section("certificates"), people);
        if (!enabled && certificates.isPresent()) {
            section.refuse("enabled", "is false, and so there is nothing for integration.certificates to serve");
        }
        return new IntegrationSettings(enabled, published(section), section.flag("wsdl-public", false), certificates);
    }

    private static String published(Settings section) {
        String published = section.text("published", "");
        if (!published.isEmpty() && !PUBLISHED.matcher(published).matches()) {
            section.refuse("published", "is an address such as \"https://services.example\", without a path");
        }
        return published;
    }

    private static Optional<IntegrationSettings.Certificates> certificates(Settings section, Listener people) {
        int port = section.number("port", 8445, 1, HIGHEST_PORT);
        String bind = section.text("bind", people.bind());
        String published = published(section);
        if (section.has("port")) {
            return Optional.of(new IntegrationSettings.Certificates(
                    bind, port, published.isEmpty() ? "https://" + people.publicName() + ":" + port : published));
        }
        for (String key : List.of("bind", "published")) {
            if (section.has(key)) {
                section.refuse(key, "needs port beside it: without one there is no such listener");
            }
        }
        return Optional.empty();
    }

    private static Listener listener(Settings section, int port) {
        List<String> names = section.texts("names");
        if (section.has("names") && names.isEmpty()) {
            section.refuse("names", "needs a name");
        }
        return new Listener(
                section.text("bind", "0.0.0.0"),
                section.number("port", port, 1, HIGHEST_PORT),
                names.isEmpty() ? List.of("localhost") : List.copyOf(names),
                section.number("public-port", 0, 0, HIGHEST_PORT));
    }

    private static LogIn logIn(Settings people) {
        String passkeys = people.text("passkeys", "required");
        if (!passkeys.equals("required") && !passkeys.equals("waived")) {
            people.refuse("passkeys", "is required or waived");
        }
        Proxies proxies = Proxies.of(List.of());
        try {
            proxies = Proxies.of(people.texts("proxies"));
        } catch (IllegalArgumentException malformed) {
            people.refuse("proxies", String.valueOf(malformed.getMessage()));
        }
        return new LogIn(
                !passkeys.equals("waived"),
                proxies,
                Duration.ofMinutes(people.number("session-idle-minutes", 30, 1, 720)),
                Duration.ofHours(people.number("session-hours", 12, 1, 168)));
    }

    /** The same with all listeners from one port on: people on it, agents on the next; further ones only where the file names them. */
    public EnterpriseConfig onPorts(int first) {
        return new EnterpriseConfig(
                data,
                people.at(first),
                agents.at(first + 1),
                operationsPort,
                databaseUrl,
                connections,
                ingest,
                historyDays,
                files,
                deviceLife,
                logIn,
                syslog,
                integration,
                notificationCa,
                catalogue,
                tunnels.beside());
    }

    /** The same with another data folder. */
    public EnterpriseConfig inFolder(Path folder) {
        return new EnterpriseConfig(
                Optional.of(folder),
                people,
                agents,
                operationsPort,
                databaseUrl,
                connections,
                ingest,
                historyDays,
                files,
                deviceLife,
                logIn,
                syslog,
                integration,
                notificationCa,
                catalogue,
                tunnels);
    }

    /** The same with certificates of devices that live as long as a test wants. */
    EnterpriseConfig withDeviceLife(Duration life) {
        return new EnterpriseConfig(
                data,
                people,
                agents,
                operationsPort,
                databaseUrl,
                connections,
                ingest,
                historyDays,
                files,
                life,
                logIn,
                syslog,
                integration,
                notificationCa,
                catalogue,
                tunnels);
    }
}
