package io.fairlead.system;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * A server, a device that reports, and an account that may do all that an account may and lives on this machine. Closing
 * ends it.
 */
final class LaneSite implements AutoCloseable {
    static final String DEVICE = "lane-1";
    static final String ACCOUNT = "erp";

    private final Folder folder;
    private final Server server;
    private final TestDevice device;
    private final String password;

    private LaneSite(Folder folder, Server server) throws Exception {
        this.folder = folder;
        this.server = server;
        this.device = TestDevice.enrol(server.enrolment(DEVICE), folder.path().resolve("identity"));
        this.password = account();
    }

    static LaneSite start(String name) throws Exception {
        Folder folder = Folder.make(name);
        return started(folder, Server.start(folder.path().resolve("server")));
    }

    /** On a server with so much memory. */
    static LaneSite start(String name, int heapMegabytes) throws Exception {
        Folder folder = Folder.make(name);
        return started(folder, Server.withHeap(folder.path().resolve("server"), heapMegabytes));
    }

    private static LaneSite started(Folder folder, Server server) throws Exception {
        try {
            return new LaneSite(folder, server);
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    private String account() throws Exception {
        JsonObject name = new JsonObject().put("name", ACCOUNT);
        JsonObject made = server.call(
                "accounts.add", name.copy().put("label", "The ERP").put("addresses", "127.0.0.0/8,::1/128"));
        JsonObject unusedGranted = server.call("people.grant", name.copy().put("role", "service-engineer"));
        JsonObject unusedTrained = server.call(
                "people.train",
                name.copy()
                        .put("model", "Tester 1")
                        .put("until", "2100-01-01T00:00:00Z")
                        .put("evidence", "test"));
        return made.getString("password");
    }

    /** Has the device raise an alarm. */
    void raise(int sequence, String code) throws Exception {
        Alarm alarm = new Alarm();
        alarm.setCode(code);
        alarm.setSeverity(Severity.ERROR);
        alarm.setRaised(true);
        StatusMessage message = TestDevice.message(sequence);
        message.getAlarm().add(alarm);
        if (device.send(device.report(List.of(message))).getCommitted() != sequence) {
            throw new IllegalStateException("the server did not take message " + sequence);
        }
    }

    /** What clients trust, as PEM. */
    Path root() throws Exception {
        byte[] der = device.identity().cas().roots().get(0).getEncoded();
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.path().resolve("root.pem"), pem);
    }

    String url() {
        return "https://localhost:" + server.peoplePort();
    }

    /** The value of the header Authorization. */
    String basic() {
        return "Basic "
                + Base64.getEncoder().encodeToString((ACCOUNT + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    String password() {
        return password;
    }

    TestDevice device() {
        return device;
    }

    Server server() {
        return server;
    }

    Path folder() {
        return folder.path();
    }

    @Override
    public void close() throws IOException {
        server.close();
        folder.close();
    }
}
