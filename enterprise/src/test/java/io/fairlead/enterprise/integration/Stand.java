package io.fairlead.enterprise.integration;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.account.TestAccounts;
import io.fairlead.enterprise.file.TestFileRoom;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.instruction.InstructionSearch;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.roster.TestPeople;
import io.fairlead.enterprise.status.AlarmSearch;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.Events;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.Values;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lane on a server of its own, with accounts and a registry beneath. */
final class Stand implements AutoCloseable {
    private static final Pattern OPERATION = Pattern.compile("<t:([A-Za-z]+)");
    private static final Pattern CODE = Pattern.compile("<(?:[a-z0-9]+:)?code>([a-z-]+)</");
    static final String SERVICE = "urn:fairlead:integration:1:DeviceService:";

    final TestAccounts room = new TestAccounts();
    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Devices devices = new Devices(room.database, room.rights, room.audit, room.clock);
    final TestFileRoom files;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    final IntegrationLane lane;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** With an account for each role that it may have, all over: {@code reader}, {@code erp}, {@code installer}. */
    Stand(Path folder) throws IOException {
        this(folder, null, false);
    }

    /** @param timers null for real ones */
    Stand(Path folder, @Nullable Timers timers, boolean wsdlPublic) throws IOException {
        files = new TestFileRoom(
                vertx,
                room.database,
                devices,
                room.rights,
                room.audit,
                room.clock,
                folder.resolve("files"),
                Timers.of(vertx));
        lane = new IntegrationLane(
                services(folder),
                room.accounts,
                room.certified,
                room.failedCalls,
                new RefusedDeeds(room.audit, room.clock),
                Proxies.of(List.of()),
                new IntegrationSettings(
                        true,
                        "https://lab.example:8443",
                        wsdlPublic,
                        Optional.of(new IntegrationSettings.Certificates(
                                "127.0.0.1", 8445, "https://certified.example:8445"))),
                new Blocking(vertx),
                timers == null ? Timers.of(vertx) : timers,
                room.clock,
                Ids.random(),
                metrics);
        Router router = Router.router(vertx);
        lane.mount(router);
        server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        account("erp", "integration", null);
        account("installer", "service-engineer", null);
    }

    private List<IntegrationService> services(Path folder) throws IOException {
        return List.of(
                new DeviceOperations(
                        new Roster(room.database, room.rights, room.clock),
                        devices,
                        standings(folder),
                        new Groups(room.database, devices, room.rights, room.audit, room.clock)),
                new DataOperations(new Values(room.database, room.rights), new History(room.database, devices)),
                new AlarmOperations(
                        new AlarmSearch(room.database, devices),
                        new Alarms(room.database, devices, room.audit, room.clock),
                        new Events(room.database, devices)),
                new InstructionOperations(
                        new Instructions(
                                room.database,
                                devices,
                                room.rights,
                                bytes -> new SignedBytes(bytes, new byte[] {1}, "%032x".formatted(7), new byte[] {2}),
                                new Documents(XmlReaders.ofJdk()),
                                room.audit,
                                room.clock),
                        new InstructionSearch(room.database, devices, room.clock)),
                new FileOperations(files.transfers, files.staging, room.clock));
    }

    /** Limited to this machine. */
    void account(String name, String role, @Nullable String customer) {
        passwords.put(name, room.account(name, "127.0.0.0/8"));
        Actor unused = TestPeople.with(room.postgres, name, role, customer, null);
    }

    void granted(String name, String role) {
        Actor unused = TestPeople.with(room.postgres, name, role, null, null);
    }

    /** What the people's listener serves. */
    void mountPeople(Router router) {
        lane.mount(router);
    }

    /** What a listener with client certificates serves. */
    void mountCertified(Router router) {
        lane.mountCertified(router);
    }

    void trained(String name, String model) {
        room.postgres.execute("INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                + " VALUES ('" + name + "', '" + model + "', '2030-01-01', 'test', now(), 'test')");
    }

    private Standings standings(Path folder) throws IOException {
        Authority authority = Authority.open(new DataFolder(folder), room.clock, new SecureRandom());
        DeviceCertificates certificates = new DeviceCertificates(room.database, authority, room.audit, room.clock);
        EnrolmentCodes codes = new EnrolmentCodes(
                room.database,
                authority,
                certificates,
                devices,
                room.audit,
                new EnrolmentCodes.AgentsAddress("localhost", 8444),
                Ids.random(),
                room.clock,
                new SecureRandom());
        return new Standings(room.database, devices, certificates, codes, room.audit, room.clock, List.of());
    }

    int port() {
        return server.actualPort();
    }

    /** Registered at St. Mary in Basel, EU, as an Analyser 3. */
    DeviceId device(String id) {
        DeviceId device = new DeviceId(id);
        Device unused = await(devices.register(
                TestAccounts.ROOT, new NewDevice(device, "St. Mary", "Basel", "EU", "Analyser 3", "S-" + id)));
        return device;
    }

    String password(String name) {
        return passwords.getOrDefault(name, "fla_none");
    }

    String basic(String name) {
        return basic(name, password(name));
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** An envelope around an operation of the device's name space, whose prefix is {@code t}. */
    static String envelope(Wire wire, String header, String body) {
        return envelope(wire, "DeviceService", header, body);
    }

    /** The same of a service; {@code c} is what all share. */
    static String envelope(Wire wire, String service, String header, String body) {
        String name = service.replace("Service", "").replaceAll("([a-z])([A-Z])", "$1-$2");
        return "<s:Envelope xmlns:s=\"" + wire.envelope() + "\" xmlns:t=\"urn:fairlead:integration:1:"
                + name.toLowerCase(Locale.ROOT) + "\" xmlns:c=\"urn:fairlead:integration:1:common\">" + header
                + "<s:Body>" + body + "</s:Body></s:Envelope>";
    }

    static String findById(String id) {
        return "<t:FindById><t:id>" + id + "</t:id></t:FindById>";
    }

    /** A request of the account called erp that is right in all but what a test changes. */
    HttpRequest.Builder request(Wire wire, String action) {
        return request("erp", wire, action);
    }

    HttpRequest.Builder request(String who, Wire wire, String action) {
        return request(who, wire, "DeviceService", action);
    }

    HttpRequest.Builder request(String who, Wire wire, String service, String action) {
        HttpRequest.Builder request = at(wire, service).header("Authorization", basic(who));
        String named = "\"urn:fairlead:integration:1:" + service + ":" + action + "\"";
        return wire == Wire.SOAP11
                ? request.header("Content-Type", "text/xml; charset=utf-8").header("SOAPAction", named)
                : request.header("Content-Type", "application/soap+xml; charset=utf-8; action=" + named);
    }

    /** With no header yet. */
    HttpRequest.Builder at(Wire wire) {
        return at(wire, "DeviceService");
    }

    private HttpRequest.Builder at(Wire wire, String service) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + wire.path() + service));
    }

    HttpResponse<String> send(HttpRequest.Builder request, String body) {
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The operation as the account called erp. */
    HttpResponse<String> call(Wire wire, String action, String body) {
        return call("erp", wire, action, body);
    }

    HttpResponse<String> call(String who, Wire wire, String action, String body) {
        return send(request(who, wire, action), envelope(wire, "", body));
    }

    /** The operation that the body's element names, of any service. */
    HttpResponse<String> ask(String who, Wire wire, String service, String body) {
        Matcher named = OPERATION.matcher(body);
        assertThat(named.find()).as(body).isTrue();
        return send(request(who, wire, service, named.group(1)), envelope(wire, service, "", body));
    }

    /** The same by SOAP 1.2, when all goes well: what is answered, without the prefixes of its names. */
    String answer(String who, String service, String body) {
        HttpResponse<String> answer = ask(who, Wire.SOAP12, service, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replaceAll("(</?)[a-z0-9]+:", "$1").replaceAll(" xmlns(:[a-z0-9]+)?=\"[^\"]*\"", "");
    }

    /** The code of a fault; empty when it is none. */
    static String code(HttpResponse<String> answer) {
        Matcher found = CODE.matcher(answer.body());
        return found.find() ? found.group(1) : "";
    }

    @Override
    public void close() {
        lane.close();
        Void unused = await(vertx.close());
        room.close();
    }
}
