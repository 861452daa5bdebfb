package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber and the server as it is shipped, from the operator's word to what is delivered. */
class NotificationServerTest {
    private static final String SERVICE = "/services/v1/NotificationService";
    private static final String TAKEN = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + "<c:NotifyResponse xmlns:c=\"urn:fairlead:integration:1:consumer\"/></s:Body></s:Envelope>";

    private final BlockingQueue<String> came = new LinkedBlockingQueue<>();
    private String basic = "";
    private RunningServer server;

    @Test
    void an_account_subscribes_to_alarms_and_is_told_of_them(@TempDir Path folder) throws Exception {
        HttpServer receiver = receiver();
        try (RunningServer running = new RunningServer(folder)) {
            server = running;
            String password = server.command(
                            "accounts.add", new JsonObject().put("name", "erp").put("label", "The ERP"))
                    .getString("password");
            basic = "Basic " + Base64.getEncoder().encodeToString(("erp:" + password).getBytes(StandardCharsets.UTF_8));
            String prepared = server.sql("INSERT INTO person_grant (person, role, granted_at, granted_by)"
                    + " VALUES ('erp', 'integration', now(), 'test');"
                    + "INSERT INTO device (id, customer, site, region, model, serial, created_at)"
                    + " VALUES ('LAB-7', 'St. Mary', 'Basel', 'EU', 'Analyser 3', '4711', now());"
                    + "INSERT INTO device_contact (device) VALUES ('LAB-7')");
            int port = receiver.getAddress().getPort();
            String wish = "<t:Subscribe><t:wish><t:endpoint>http://localhost:" + port
                    + "/in</t:endpoint><t:token>the-word-of-the-erp</t:token><t:kind>alarm-raised</t:kind></t:wish>"
                    + "</t:Subscribe>";
            assertThat(call("Subscribe", wish).body()).contains(">endpoint-refused<");
            JsonObject named = server.command(
                    "notifications.hosts.add",
                    new JsonObject()
                            .put("host", "localhost")
                            .put("port", port)
                            .put("http", "yes")
                            .put("networks", "127.0.0.0/8,::1"));
            assertThat(named.getBoolean("changed")).isTrue();

            HttpResponse<String> subscribed = call("Subscribe", wish);
            assertThat(subscribed.statusCode()).as(subscribed.body()).isEqualTo(200);
            String id = first(subscribed.body(), "id>([0-9a-f]{32})<");
            String tested = call("SendTest", "<t:SendTest><t:id>" + id + "</t:id></t:SendTest>")
                    .body();
            assertThat(tested).contains("taken>true<");
            assertThat(came.poll(20, TimeUnit.SECONDS)).contains("kind>test<", id);

            String raised = server.sql(
                    "INSERT INTO alarm (device, code, severity, text, raised_at, last_seen, count, received_at)"
                            + " VALUES ('LAB-7', 'lamp/weak', 'error', 'Lamp 3', now(), now(), 1, now())");
            assertThat(came.poll(20, TimeUnit.SECONDS))
                    .contains("number>1<", "alarm-raised", "LAB-7", "lamp/weak", "the-word-of-the-erp");

            String change = "<t:Update><t:change><t:id>" + id + "</t:id><t:version>%d</t:version>"
                    + "<t:kind>session-ended</t:kind></t:change></t:Update>";
            assertThat(call("Update", change.formatted(1)).body()).contains("version>2<", ">session-ended<");
            assertThat(call("Update", change.formatted(1)).body()).contains(">conflict<");
            assertThat(call("Find", "<t:Find><t:criteria><t:state>active</t:state></t:criteria></t:Find>")
                            .body())
                    .contains("totalCount>1<", id, "createdBy>integration:erp<");
            assertThat(call("Resume", "<t:Resume><t:id>" + id + "</t:id><t:id>" + "0".repeat(32) + "</t:id></t:Resume>")
                            .body())
                    .contains("successful>false<", ">not-found<");
            assertThat(call("Unsubscribe", "<t:Unsubscribe><t:id>" + id + "</t:id></t:Unsubscribe>")
                            .body())
                    .contains("successful>true<");
            assertThat(call("FindById", "<t:FindById><t:id>" + id + "</t:id></t:FindById>")
                            .body())
                    .contains(">not-found<");
        } finally {
            receiver.stop(0);
        }
    }

    private HttpServer receiver() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        receiver.createContext("/in", exchange -> {
            came.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = TAKEN.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    private HttpResponse<String> call(String operation, String body) throws Exception {
        return Web.send(server.browser("")
                .request(SERVICE)
                .header("Authorization", basic)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"urn:fairlead:integration:1:NotificationService:" + operation + "\"")
                .POST(BodyPublishers.ofString("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns:t=\"urn:fairlead:integration:1:notification\"><s:Body>" + body
                        + "</s:Body></s:Envelope>")));
    }

    private static String first(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }
}
