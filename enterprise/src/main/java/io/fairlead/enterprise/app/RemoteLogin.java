package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.Calls;
import io.fairlead.enterprise.operator.CommandRefused;
import io.fairlead.soap.Fault;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A log-in at a server elsewhere, kept in the user's configuration folder ({@code $XDG_CONFIG_HOME/fairlead/logins}, else
 * {@code ~/.config/fairlead/logins}), a file a server that only the user reads. Whoever has the file is the user there,
 * until the session ends.
 */
record RemoteLogin(URI url, String user, String token, Trust trust) {
    /** The log-in at a server. Throws Unable when there is none. */
    static RemoteLogin read(String typed) {
        URI url = RemoteServer.url(typed);
        Path file = file(url);
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            return new RemoteLogin(
                    url,
                    json.getString("user"),
                    json.getString("token"),
                    new Trust(json.getString("trust"), json.getString("trusted")));
        } catch (NoSuchFileException none) {
            throw new Unable(
                    "You are not logged in at " + url + ". First: fairlead login " + url + " --user NAME", none);
        } catch (IOException | DecodeException unreadable) {
            throw new Unable("The log-in in " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Keeps it; returns where. */
    Path keep() throws IOException {
        Path file = file(url);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        JsonObject json = new JsonObject()
                .put("user", user)
                .put("token", token)
                .put("trust", trust.kind())
                .put("trusted", trust.value());
        try (var channel = Files.newByteChannel(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine(fresh))) {
            int unusedLength = channel.write(StandardCharsets.UTF_8.encode(json.encodePrettily()));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    private static FileAttribute<?>[] mine(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Forgets it. */
    void forget() throws IOException {
        Files.deleteIfExists(file(url));
    }

    private static Path file(URI url) {
        String configured = System.getenv("XDG_CONFIG_HOME");
        Path folder = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".config")
                : Path.of(configured);
        String name = url.getHost().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_")
                + (url.getPort() < 0 ? "" : "_" + url.getPort());
        return folder.resolve("fairlead").resolve("logins").resolve(name + ".json");
    }

    RemoteServer server() {
        return new RemoteServer(url, trust);
    }

    /** Its commands. */
    Calls calls() {
        RemoteServer server = server();
        return new Calls() {
            @Override
            public JsonObject call(String command, JsonObject arguments) throws IOException {
                JsonObject answer = server.post(
                        "", token, new JsonObject().put("command", command).put("arguments", arguments));
                try {
                    return CommandRefused.outcome(answer);
                } catch (CommandRefused refused) {
                    if (refused.key().equals(Fault.NOT_LOGGED_IN.key())) {
                        throw new Unable(
                                "Your log-in at " + url + " has ended. Again: fairlead login " + url + " --user "
                                        + user,
                                refused);
                    }
                    if (refused.key().equals(Fault.PASSKEY_NEEDED.key())) {
                        throw new Unable(
                                "This needs your passkey. Confirm it: fairlead login " + url + " --confirm", refused);
                    }
                    throw refused;
                }
            }

            @Override
            public void close() {
                // Each call is a request of its own.
            }
        };
    }

    @Override
    public String toString() {
        return "RemoteLogin[" + user + " at " + url + "]";
    }
}
