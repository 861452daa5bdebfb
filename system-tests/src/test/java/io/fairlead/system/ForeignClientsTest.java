package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever knows only the served WSDLs finds, creates, changes, uploads, acknowledges and understands what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignClientsTest {
    private final AtomicInteger runs = new AtomicInteger();
    private LaneSite site;

    @BeforeAll
    void start() throws Exception {
        site = LaneSite.start("foreign");
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"NODE_SOAP, 11", "NODE_SOAP, 12", "ZEEP, 11", "ZEEP, 12"})
    void a_client_of_another_language_works_from_the_served_wsdls(ForeignClient client, String soap) throws Exception {
        Map<String, String> said = said(client + soap, soap);
        assertDone(client.run(said, site.folder()), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "12"})
    void a_client_of_cxf_works_from_the_served_wsdls(String soap) throws Exception {
        Map<String, String> said = said("CXF" + soap, soap);
        try (CxfClient client =
                new CxfClient(said, RawClient.context(site.device().identity(), false))) {
            assertDone(client.run(), said);
        }
    }

    /** What a client is told, which also becomes the environment of a program. */
    private Map<String, String> said(String run, String soap) throws Exception {
        int number = runs.incrementAndGet();
        site.raise(number, "E" + number);
        Map<String, String> said = new HashMap<>();
        said.put("FAIRLEAD_URL", site.url());
        said.put("FAIRLEAD_NAME", LaneSite.ACCOUNT);
        said.put("FAIRLEAD_PASSWORD", site.password());
        said.put("FAIRLEAD_CA", site.root().toString());
        said.put("NODE_EXTRA_CA_CERTS", site.root().toString());
        said.put("FAIRLEAD_SOAP", soap);
        said.put("FAIRLEAD_DEVICE", LaneSite.DEVICE);
        said.put("FAIRLEAD_NEW", run.toLowerCase(Locale.ROOT).replace('_', '-'));
        said.put("FAIRLEAD_ALARM", "E" + number);
        said.put("FAIRLEAD_FILE", "methods/" + run + ".bin");
        return said;
    }

    private void assertDone(JsonObject done, Map<String, String> said) throws Exception {
        String created = said.get("FAIRLEAD_NEW");
        byte[] file = "ä".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        assertThat(done.getJsonArray("found")).containsExactly(LaneSite.DEVICE);
        assertThat(done.getInteger("total")).isEqualTo(1);
        assertThat(done.getJsonArray("created")).containsExactly(created);
        assertThat(done.getInteger("updated")).isEqualTo(2);
        assertThat(done.getString("conflict")).isEqualTo("conflict");
        assertThat(done.getString("site")).isEqualTo("Annex");
        assertThat(done.getString("sha256")).isEqualTo(sha256);
        assertThat(done.getInteger("size")).isEqualTo(file.length);
        assertThat(done.getBoolean("acknowledged")).isTrue();
        assertThat(done.getString("fault")).isEqualTo("unknown-device");
        assertThat(Files.readString(site.server().log())).contains("correlation=" + done.getString("correlation"));

        assertThat(row("SELECT acknowledged_by FROM alarm WHERE code = '" + said.get("FAIRLEAD_ALARM") + "'"))
                .isEqualTo("integration:erp");
        assertThat(row("SELECT version || ' ' || site FROM device WHERE id = '" + created + "'"))
                .isEqualTo("2 Annex");
        assertThat(row("SELECT detail FROM audit_entry WHERE subject = '" + created
                        + "' AND code = 'device.registered' AND actor = 'integration:erp'"))
                .as("umlauts and what XML escapes")
                .contains("Räume & <Höfe>");
    }

    private String row(String sql) throws Exception {
        return Rows.value(site.server(), sql);
    }
}
