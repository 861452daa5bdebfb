package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.account.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lane on the server as it is shipped, by an account as the command line makes it. */
class IntegrationServerTest {
    private static final String SERVICE = "/services/v1/DeviceService";
    private static final String FIND = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + "<t:Find xmlns:t=\"urn:fairlead:integration:1:device\"><t:criteria/></t:Find></s:Body></s:Envelope>";

    @Test
    void an_account_calls_with_its_own_password_and_nobody_with_a_session(@TempDir Path folder) throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            String password = server.command(
                            "accounts.add", new JsonObject().put("name", "erp").put("label", "The ERP"))
                    .getString("password");
            String granted = server.sql("INSERT INTO person_grant (person, role, granted_at, granted_by)"
                    + " VALUES ('erp', 'integration', now(), 'test')");
            String registered = server.sql("INSERT INTO device (id, customer, site, region, model, serial, created_at)"
                    + " VALUES ('LAB-7', 'St. Mary', 'Basel', 'EU', 'Analyser 3', '4711', now());"
                    + "INSERT INTO device_contact (device) VALUES ('LAB-7');"
                    + "INSERT INTO person (name, display_name, organisation, created_at, created_by)"
                    + " VALUES ('anna', 'Anna', 'Test', now(), 'test')");
            String basic =
                    "Basic " + Base64.getEncoder().encodeToString(("erp:" + password).getBytes(StandardCharsets.UTF_8));
            Web erp = server.browser("");

            HttpResponse<String> found = Web.send(find(erp).header("Authorization", basic));
            HttpResponse<String> wsdl = Web.send(erp.request(SERVICE + "?wsdl").header("Authorization", basic));

            assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
            assertThat(found.body()).contains(">LAB-7<");
            assertThat(wsdl.body()).contains("location=\"" + server.url() + SERVICE + "\"");
            String person = server.session("anna", "browser", true, false);
            assertThat(Web.send(find(erp).header("Cookie", "__Host-fairlead=" + person))
                            .statusCode())
                    .as("a browser's session is nothing here")
                    .isEqualTo(401);
            assertThat(Web.send(erp.request("/services/v1/NoService").header("Authorization", basic))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_listener_of_its_own_serves_the_services_to_certificates_and_nothing_else(@TempDir Path folder)
            throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            TestCertificate own = TestCertificate.of(
                    "CN=erp", Instant.now().minusSeconds(60), Instant.now().plusSeconds(86_400));
            JsonObject name = new JsonObject().put("name", "erp");
            assertThat(server.command("accounts.add", name.copy().put("label", "The ERP"))
                            .getString("password"))
                    .isNotEmpty();
            JsonObject added =
                    server.command("accounts.certificates.add", name.copy().put("pem", own.pem()));
            String granted = server.sql("INSERT INTO person_grant (person, role, granted_at, granted_by)"
                    + " VALUES ('erp', 'integration', now(), 'test')");
            String registered = server.sql("INSERT INTO device (id, customer, site, region, model, serial, created_at)"
                    + " VALUES ('LAB-7', 'St. Mary', 'Basel', 'EU', 'Analyser 3', '4711', now());"
                    + "INSERT INTO device_contact (device) VALUES ('LAB-7')");

            assertThat(curl(folder, own, server.certifiedUrl() + SERVICE, FIND)).contains(">LAB-7<", "[200]");
            assertThat(curl(folder, own, server.certifiedUrl() + SERVICE + "?wsdl", ""))
                    .contains("location=\"" + server.certifiedUrl() + SERVICE + "\"");
            for (String elsewhere : List.of(
                    "/",
                    "/login",
                    "/fleet",
                    "/agent",
                    "/commands",
                    "/tunnel",
                    "/services/v1/",
                    "/services/v1/No",
                    "/live")) {
                assertThat(curl(folder, own, server.certifiedUrl() + elsewhere, ""))
                        .as(elsewhere)
                        .contains("nothing else", "[404]");
            }
            assertThat(curl(folder, own, server.url() + SERVICE, FIND))
                    .as("a certificate is nothing at the people's listener, which asks for none")
                    .contains(">account-refused<", "[401]");
            assertThat(server.command("accounts.certificates", name)
                            .getJsonArray("certificates")
                            .getJsonObject(0)
                            .getString("usedFrom"))
                    .isEqualTo("127.0.0.1");
            String fingerprint = added.getString("sha256").substring(0, 8);
            JsonObject removed =
                    server.command("accounts.certificates.remove", name.copy().put("certificate", fingerprint));
            assertThat(removed.getString("sha256")).isEqualTo(added.getString("sha256"));
            assertThat(curl(folder, own, server.certifiedUrl() + SERVICE, FIND)).contains(">account-refused<", "[403]");
        }
    }

    /** As the documentation shows it: what is answered, and its status in brackets. */
    private static String curl(Path folder, TestCertificate own, String url, String body) throws Exception {
        Path certificate = Files.writeString(folder.resolve("erp.pem"), own.pem());
        Path key = Files.writeString(folder.resolve("erp.key"), own.keyPem());
        List<String> words = new ArrayList<>(List.of("curl", "-sk", "--noproxy", "*", "--max-time", "60"));
        words.addAll(List.of("--cert", certificate.toString(), "--key", key.toString(), "-w", "[%{http_code}]"));
        if (!body.isEmpty()) {
            words.addAll(List.of("-H", "Content-Type: text/xml", "--data-binary", body));
            words.addAll(List.of("-H", "SOAPAction: \"urn:fairlead:integration:1:DeviceService:Find\""));
        }
        words.add(url);
        Process curl = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(said).isZero();
        return said;
    }

    private static HttpRequest.Builder find(Web web) {
        return web.request(SERVICE)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"urn:fairlead:integration:1:DeviceService:Find\"")
                .POST(BodyPublishers.ofString(FIND));
    }
}
