package io.fairlead.enterprise.kernel;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is and as whom we log in: the owner migrates, the app role does everything else, the sealer seals the
 * audit.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1–65535
 * @param database its name
 * @param tls how the connection is protected; {@code DISABLE} only for the embedded database on loopback or where the
 *     operator says so
 */
public record DatabaseSettings(
        String host,
        int port,
        String database,
        SslMode tls,
        DatabaseLogin owner,
        DatabaseLogin app,
        DatabaseLogin sealer) {
    static final String OWNER = "fairlead_owner";
    static final String APP = "fairlead_app";
    static final String SEALER = "fairlead_sealer";

    public DatabaseSettings {
        if (host.isBlank() || database.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a database needs a host, a port from 1 to 65535 and a name");
        }
    }

    /**
     * A database of the operator's own. Passwords are read from the secrets folder: {@code fairlead_owner.password},
     * {@code fairlead_app.password} and {@code fairlead_sealer.password}.
     *
     * @param url {@code postgresql://host[:port]/database[?sslmode=disable|prefer|require|verify-ca|verify-full]},
     *     without user and password; {@code verify-full} when it does not say
     * @throws CannotStart when the address is not of that form or a password is missing
     */
    public static DatabaseSettings external(String url, DataFolder folder) {
        URI address = parsed(url);
        int port = address.getPort() < 0 ? 5432 : address.getPort();
        String host = address.getHost().replace("[", "").replace("]", "");
        String database = address.getPath().substring(1);
        return new DatabaseSettings(
                host,
                port,
                database,
                tls(address.getQuery()),
                given(folder, OWNER),
                given(folder, APP),
                given(folder, SEALER));
    }

    private static URI parsed(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new CannotStart(expected("it is no address"), malformed);
        }
        if (address.getRawUserInfo() != null) {
            throw new CannotStart(expected("it has a user or a password in it; those come from DATA/secrets"));
        }
        String path = address.getPath();
        if (!"postgresql".equals(address.getScheme())
                || address.getHost() == null
                || path == null
                || path.length() < 2
                || path.indexOf('/', 1) >= 0) {
            throw new CannotStart(expected("it has another form"));
        }
        return address;
    }

    private static SslMode tls(@Nullable String query) {
        if (query == null) {
            return SslMode.VERIFY_FULL;
        }
        String mode = query.startsWith("sslmode=") ? query.substring("sslmode=".length()) : "";
        for (SslMode known : SslMode.values()) {
            if (known.name().replace('_', '-').toLowerCase(Locale.ROOT).equals(mode)) {
                return known;
            }
        }
        throw new CannotStart(expected("it has a parameter other than sslmode, or an sslmode that is not known"));
    }

    // Never the address itself: a password may stand in it by mistake.
    private static String expected(String cause) {
        return "database.url cannot be used: " + cause
                + ". Expected: postgresql://host[:port]/database[?sslmode=disable|prefer|require|verify-ca|verify-full]";
    }

    private static DatabaseLogin given(DataFolder folder, String role) {
        String name = role + ".password";
        return folder.readText(name)
                .map(password -> new DatabaseLogin(role, password))
                .orElseThrow(() -> new CannotStart("The password of the database role " + role
                        + " is missing. Put it into " + folder.secretPath(name) + " (mode 0600, owned by the user that"
                        + " runs Fairlead)."));
    }

    /** The address for JDBC, without user and password. */
    public String jdbcUrl() {
        String inUrl = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + inUrl + ":" + port + "/" + database + "?sslmode="
                + tls.name().replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** The same for the Vert.x client, as the given role. */
    public PgConnectOptions connectAs(DatabaseLogin login) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(login.role())
                .setPassword(login.password())
                .setSslMode(tls);
        options.addProperty("application_name", "fairlead");
        return options;
    }
}
