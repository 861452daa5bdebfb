package io.fairlead.enterprise.kernel;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is and as whom we log in: the owner migrates, the app role does everything else, the sealer seals the
 * audit.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1–65535
 * @param database its name
 * @param authority PEM file of the CA that the server's certificate must come from, with the host's name in it; empty
 *     for no TLS, which is for the embedded database on loopback or where the operator says so
 */
public record DatabaseSettings(
        String host,
        int port,
        String database,
        Optional<Path> authority,
        DatabaseLogin owner,
        DatabaseLogin app,
        DatabaseLogin sealer) {
    static final String OWNER = "fairlead_owner";
    static final String APP = "fairlead_app";
    static final String SEALER = "fairlead_sealer";

    private static final int STANDARD_PORT = 5432;

    public DatabaseSettings {
        if (host.isBlank() || database.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a database needs a host, a port from 1 to 65535 and a name");
        }
    }

    /**
     * A database of the operator's own. Passwords are read from the secrets folder: {@code fairlead_owner.password},
     * {@code fairlead_app.password} and {@code fairlead_sealer.password}; the CA from {@code DATA/database-ca.pem}.
     *
     * @param url {@code postgresql://host[:port]/database[?sslmode=disable|verify-full]}, without user and password;
     *     {@code verify-full} when it does not say. There is nothing between the two: encryption to whoever answers
     *     keeps no password.
     * @throws CannotStart when the address is not of that form, or a password or the CA is missing
     */
    public static DatabaseSettings external(String url, DataFolder folder) {
        URI address = parsed(url);
        return new DatabaseSettings(
                address.getHost().replace("[", "").replace("]", ""),
                address.getPort() < 0 ? STANDARD_PORT : address.getPort(),
                address.getPath().substring(1),
                authority(address.getQuery(), folder.path().resolve("database-ca.pem")),
                given(folder, OWNER),
                given(folder, APP),
                given(folder, SEALER));
    }

    private static URI parsed(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            // Without the cause, whose text has the address in it.
            throw new CannotStart(unusable("it is no address"));
        }
        if (address.getRawUserInfo() != null) {
            throw new CannotStart(unusable("it has a user or a password in it; those come from DATA/secrets"));
        }
        if (!"postgresql".equals(address.getScheme())
                || address.getHost() == null
                || address.getPort() == 0
                || address.getPort() > 65_535
                || address.getFragment() != null
                || !address.getPath().matches("/[A-Za-z_][A-Za-z0-9_-]{0,62}")) {
            throw new CannotStart(unusable("it has another form"));
        }
        return address;
    }

    private static Optional<Path> authority(@Nullable String query, Path file) {
        if ("sslmode=disable".equals(query)) {
            return Optional.empty();
        }
        if (query != null && !query.equals("sslmode=verify-full")) {
            throw new CannotStart(unusable("it has a parameter other than sslmode=disable or sslmode=verify-full"));
        }
        if (!Files.isReadable(file)) {
            throw new CannotStart(
                    "The connection to database.url is protected by TLS, and the certificate of the CA that"
                            + " signed the database server's is missing. Put it into " + file
                            + " (PEM), or add ?sslmode=disable to the address where the network is trusted.");
        }
        return Optional.of(file);
    }

    // Never the address itself: a password may stand in it by mistake.
    private static String unusable(String cause) {
        return "database.url cannot be used: " + cause
                + ". Expected: postgresql://host[:port]/database[?sslmode=disable|verify-full]";
    }

    private static DatabaseLogin given(DataFolder folder, String role) {
        String name = role + ".password";
        return folder.readText(name)
                .map(password -> new DatabaseLogin(role, password))
                .orElseThrow(() -> new CannotStart("The password of the database role " + role
                        + " is missing. Put it into " + folder.secretPath(name) + " (mode 0600, owned by the user that"
                        + " runs Fairlead)."));
    }

    /** The same server and roles, another database. */
    DatabaseSettings of(String other) {
        return new DatabaseSettings(host, port, other, authority, owner, app, sealer);
    }

    /** The address for JDBC, without user and password. */
    public String jdbcUrl() {
        String inUrl = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String tls = authority
                .map(file -> "verify-full&sslrootcert=" + URLEncoder.encode(file.toString(), StandardCharsets.UTF_8))
                .orElse("disable");
        return "jdbc:postgresql://" + inUrl + ":" + port + "/" + database + "?sslmode=" + tls;
    }

    /** The same for the Vert.x client, as the given role. */
    public PgConnectOptions connectAs(DatabaseLogin login) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(login.role())
                .setPassword(login.password())
                .setSslMode(SslMode.DISABLE);
        authority.ifPresent(file -> options.setSslMode(SslMode.VERIFY_FULL)
                .setSslOptions(new ClientSSLOptions()
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setTrustOptions(new PemTrustOptions().addCertPath(file.toString()))));
        return options.addProperty("application_name", "fairlead");
    }
}
