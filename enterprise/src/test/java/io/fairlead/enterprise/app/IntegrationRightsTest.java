package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.app.OtherSystems.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Each operation, as accounts of the right role, of another one, and of the right one in another region or at another customer. */
class IntegrationRightsTest {
    static final String NOTHING = "nothing";
    /** No place is asked about: the role is enough, wherever it was given. */
    static final String ANYWHERE = "anywhere";
    /** In a body: the account that calls. */
    static final String WHO = "{who}";

    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static OtherSystems systems;
    private static String session;
    private static String alarm;
    private static String file;

    /**
     * An operation and what comes of it.
     *
     * @param right the account that may, everywhere; NAME.region and NAME.customer may the same elsewhere
     * @param shown what stands in its answer
     * @param wrong an account that may not, and what it is told: a code, or NOTHING when just nothing is shown to it
     * @param elsewhere what the same role is told that has it in another place; or ANYWHERE
     */
    record Line(String service, String body, String right, String shown, String wrong, String told, String elsewhere) {
        String operation() {
            return body.replaceAll("^<t:([A-Za-z]+).*", "$1");
        }

        String call() {
            return service + "." + operation();
        }

        Answer as(String account) {
            return systems.call(account, service, body.replace(WHO, account));
        }
    }

    private static List<Line> lines() {
        return Stream.of(DeviceLines.of(), DataLines.of(alarm), FileLines.of(file), sessionsAndPeople())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Line> sessionsAndPeople() {
        String wish = "<t:wish><t:onBehalfOf>emil</t:onBehalfOf><t:device>LAB-7</t:device><t:reason>walk</t:reason>"
                + "<t:minutes>30</t:minutes><t:service><t:name>desktop</t:name><t:mode>view</t:mode></t:service></t:wish>";
        String id = "<t:id>" + session + "</t:id>";
        String training = "<t:training><t:person>emil</t:person><t:model>DxI</t:model>"
                + "<t:until>2099-01-01T00:00:00Z</t:until><t:evidence>C-1</t:evidence></t:training>";
        String gone = "<t:training><t:person>emil</t:person><t:id>1</t:id></t:training><t:reason>walk</t:reason>";
        String device = "<t:criteria><t:device>LAB-7</t:device></t:criteria>";
        // Whose a subscription is matters, not where its account may look: another's does not exist.
        String told = "<t:id>" + "5".repeat(32) + "</t:id>";
        String change = "<t:change>" + told + "<t:version>1</t:version><t:kind>alarm-raised</t:kind></t:change>";
        String subscription =
                "<t:wish><t:endpoint>https://10.0.0.1/in</t:endpoint><t:token>the-word-of-the-erp</t:token>"
                        + "<t:kind>alarm-raised</t:kind><t:device>LAB-7</t:device></t:wish>";
        return List.of(
                line(
                        "Notification",
                        "Subscribe",
                        subscription,
                        "integration",
                        "createdBy>integration:integration<",
                        "it",
                        "forbidden",
                        "unknown-device"),
                line("Notification", "Find", "<t:criteria/>", "integration", "5".repeat(32), "it", NOTHING, NOTHING),
                line(
                        "Notification",
                        "FindById",
                        told,
                        "integration",
                        "5".repeat(32),
                        "auditor",
                        "not-found",
                        "not-found"),
                line("Notification", "SendTest", told, "integration", "taken>false<", "it", "not-found", "not-found"),
                line("Notification", "Resume", told, "integration", "successful>true<", "it", "not-found", "not-found"),
                line("Notification", "Update", change, "integration", "version>2<", "it", "not-found", "not-found"),
                line(
                        "Notification",
                        "Unsubscribe",
                        told,
                        "integration",
                        "successful>true<",
                        "it",
                        "not-found",
                        "not-found"),
                line(
                        "RemoteSession",
                        "Request",
                        wish,
                        "integration",
                        "requestedFor>emil<",
                        "it",
                        "forbidden",
                        "unknown-device"),
                line("RemoteSession", "FindById", id, "integration", "requestedBy>", "it", "forbidden", "not-found"),
                line("RemoteSession", "Find", "<t:criteria/>", "integration", session, "it", "forbidden", NOTHING),
                line("RemoteSession", "Find", device, "integration", session, "it", "forbidden", "unknown-device"),
                line(
                        "RemoteSession",
                        "FindRecordings",
                        "<t:session>" + session + "</t:session>",
                        "auditor",
                        "recordings",
                        "integration",
                        "forbidden",
                        "not-found"),
                line(
                        "RemoteSession",
                        "End",
                        id + "<t:reason>walk</t:reason>",
                        "integration",
                        "successful>true<",
                        "it",
                        "forbidden",
                        "not-found"),
                line(
                        "Audit",
                        "Find",
                        "<t:criteria/>",
                        "auditor",
                        "subject>LAB-7<",
                        "training-system",
                        "forbidden",
                        NOTHING),
                line(
                        "Audit",
                        "Find",
                        device,
                        "auditor",
                        "subject>LAB-7<",
                        "training-system",
                        "unknown-device",
                        "unknown-device"),
                line(
                        "Audit",
                        "Export",
                        "<t:criteria/><t:format>csv</t:format>",
                        "auditor",
                        "entryCount>",
                        "integration",
                        "forbidden",
                        "forbidden"),
                line("Audit", "Verify", "", "auditor", "state>", "integration", "forbidden", "forbidden"),
                line("Audit", "FindVerification", "", "auditor", "state>", "integration", "forbidden", "forbidden"),
                line(
                        "User",
                        "Find",
                        "<t:criteria/>",
                        "training-system",
                        "id>emil<",
                        "integration",
                        "forbidden",
                        NOTHING),
                line(
                        "User",
                        "FindById",
                        "<t:id>emil</t:id>",
                        "training-system",
                        "id>emil<",
                        "integration",
                        "not-found",
                        "not-found"),
                // No secret: whoever has an account may know which roles there are.
                line("User", "FindRoles", "", "training-system", "see-device", "it", ANYWHERE, ANYWHERE),
                line(
                        "User",
                        "FindTrainings",
                        "<t:criteria/>",
                        "training-system",
                        "person>emil<",
                        "integration",
                        "forbidden",
                        NOTHING),
                line(
                        "User",
                        "PushTrainings",
                        training,
                        "training-system",
                        "waiting>true<",
                        "integration",
                        "not-found",
                        "not-found"),
                line(
                        "User",
                        "WithdrawTrainings",
                        gone,
                        "training-system",
                        "successful>true<",
                        "integration",
                        "not-found",
                        "not-found"));
    }

    static Line line(
            String service,
            String operation,
            String inside,
            String right,
            String shown,
            String wrong,
            String told,
            String elsewhere) {
        String body = "<t:" + operation + ">" + inside + "</t:" + operation + ">";
        return new Line(service + "Service", body, right, shown, wrong, told, elsewhere);
    }

    @BeforeAll
    static void start() throws IOException {
        server = new RunningServer(folder);
        systems = new OtherSystems(server);
        JsonObject device = new JsonObject().put("device", "LAB-7");
        JsonObject unused = server.command(
                "enrol",
                device.copy()
                        .put("customer", "St. Mary")
                        .put("site", "Basel")
                        .put("region", "EU")
                        .put("model", "Analyser 3")
                        .put("serial", "4711"));
        server.postgres.execute(
                "UPDATE device SET enrolment = '00000000000000000000000000000001' WHERE id = 'LAB-7'",
                "INSERT INTO person (name, display_name, organisation, created_at, created_by)"
                        + " VALUES ('emil', 'Emil Sommer', 'Acme', now(), 'test')",
                "INSERT INTO person_grant (person, role, granted_at, granted_by)"
                        + " VALUES ('emil', 'service-engineer', now(), 'test')",
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                        + " VALUES ('emil', 'Analyser 3', '2099-01-01', 'course', now(), 'test')");
        session = server.command(
                        "sessions.request",
                        device.copy().put("services", "view/desktop").put("reason", "walk"))
                .getString("id");
        alarm = DataLines.prepare(server);
        FileLines.prepare(server);
        for (String role : List.of("integration", "auditor", "training-system", "service-engineer")) {
            systems.add(role, role, null, null);
            systems.add(role + ".region", role, "US", null);
            systems.add(role + ".customer", role, null, "St. Paul");
        }
        server.postgres.execute(
                "INSERT INTO notification_receiver (host, port, plain, networks, named_at, named_by)"
                        + " VALUES ('10.0.0.1', 443, false, '{}', now(), 'test')",
                "INSERT INTO notification_subscription (id, account, endpoint, soap12, token, kinds, state, created_at)"
                        + " VALUES ('" + "5".repeat(32) + "', 'integration', 'https://10.0.0.1/in', false,"
                        + " 'the-word-of-the-erp', '{device-missing}', 'active', now())");
        systems.add("it", "it-administrator", null, "St. Mary");
        server.postgres.execute("INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                + " SELECT name, 'Analyser 3', '2099-01-01', 'course', now(), 'test' FROM person"
                + " WHERE name LIKE 'service-engineer%'");
        file = FileLines.send(systems);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** All that other systems may call; what NotificationConsumer has they answer. */
    private static List<String> operations() throws Exception {
        Path contracts = Path.of(System.getProperty("fairlead.root", ".."), "wsdl", "integration");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        List<String> operations = new ArrayList<>();
        try (Stream<Path> files = Files.list(contracts)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".wsdl"))
                    .filter(each -> !each.endsWith("NotificationConsumer.wsdl"))
                    .toList()) {
                String service = file.getFileName().toString().replace(".wsdl", "");
                NodeList found = ((Element) factory.newDocumentBuilder()
                                .parse(file.toFile())
                                .getElementsByTagNameNS(WSDL, "portType")
                                .item(0))
                        .getElementsByTagNameNS(WSDL, "operation");
                for (int i = 0; i < found.getLength(); i++) {
                    operations.add(service + "." + ((Element) found.item(i)).getAttribute("name"));
                }
            }
        }
        return operations;
    }

    @Test
    void every_operation_of_every_contract_stands_in_the_table() throws Exception {
        assertThat(lines().stream().map(Line::call).distinct())
                .containsExactlyInAnyOrderElementsOf(operations())
                .hasSizeGreaterThan(50);
    }

    @Test
    void whoever_may_is_answered_and_whoever_may_not_is_refused_and_audited() {
        List<String> wrong = new ArrayList<>();
        for (Line line : lines()) {
            Answer answer = line.as(line.right());
            if (!answer.xml().contains(line.shown())) {
                wrong.add(line.right() + " " + line.call() + ": " + answer);
            }
            judge(wrong, line, line.wrong(), line.told());
            Stream.of(".region", ".customer")
                    .forEach(place -> judge(wrong, line, line.right() + place, line.elsewhere()));
        }
        assertThat(wrong).isEmpty();
    }

    private static void judge(List<String> wrong, Line line, String account, String told) {
        Answer answer = line.as(account);
        boolean right = switch (told) {
            case NOTHING -> answer.status() == 200 && !answer.xml().contains(line.shown());
            case ANYWHERE -> answer.status() == 200 && answer.xml().contains(line.shown());
            default -> answer.xml().contains("code>" + told + "<") && isAudited(line, account, told);
        };
        if (!right) {
            wrong.add(account + " " + line.call() + ": not " + told + " and audited, but " + answer);
        }
    }

    private static boolean isAudited(Line line, String account, String told) {
        return !server.sql("SELECT count(*) FROM audit_entry WHERE actor = 'integration:" + account
                        + "' AND code = 'account.forbidden' AND detail LIKE 'call=" + line.call() + " code=" + told
                        + " %'")
                .equals("0");
    }
}
