package io.fairlead.enterprise.integration;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.account.FailedCall;
import io.fairlead.enterprise.account.TestAccounts;
import io.fairlead.enterprise.login.TestLogins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused, how, and that nothing else happens. */
class GateTest {
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String DIGEST =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
    private static final String FIND = "<t:Find><t:criteria/></t:Find>";
    private static Stand stand;
    private static ServerSocket elsewhere;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        stand = new Stand(folder);
        stand.device("LAB-1");
        elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        elsewhere.setSoTimeout(1);
    }

    @AfterAll
    static void stop() throws IOException {
        assertThat(elsewhere).satisfies(socket -> {
            try (Socket caller = socket.accept()) {
                throw new AssertionError("somebody was called: " + caller);
            } catch (IOException nobody) {
                assertThat(nobody).hasMessageContaining("timed out");
            }
        });
        elsewhere.close();
        stand.close();
    }

    /** Whom no request may make us call. */
    private static String url() {
        return "http://127.0.0.1:" + elsewhere.getLocalPort() + "/x";
    }

    private static String token(String name, String password, String type, String more) {
        return "<s:Header><w:Security xmlns:w=\"" + WSSE + "\" s:mustUnderstand=\"1\"><w:UsernameToken><w:Username>"
                + name + "</w:Username><w:Password" + (type.isEmpty() ? "" : " Type=\"" + type + "\"") + ">" + password
                + "</w:Password></w:UsernameToken>" + more + "</w:Security></s:Header>";
    }

    private static HttpRequest.Builder unnamed(Wire wire) {
        HttpRequest.Builder request = stand.at(wire);
        return wire == Wire.SOAP11
                ? request.header("Content-Type", "text/xml").header("SOAPAction", Stand.SERVICE + "Find")
                : request.header("Content-Type", "application/soap+xml");
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(Stand.code(answer)).as(() -> why(answer)).isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains("correlation>")
                .doesNotContain("Exception", "io.fairlead.", "org.apache", "SELECT", "com.ctc");
    }

    /** What the account's list says of it. */
    private static String why(HttpResponse<String> answer) {
        return answer.body()
                + await(stand.room.failedCalls.list(TestAccounts.ROOT, "erp")).subList(0, 1);
    }

    private static void refused(String body, String code) {
        for (Wire wire : Wire.values()) {
            refused(
                    stand.send(stand.request(wire, "Find"), body.replace("ENVELOPE", wire.envelope())),
                    wire == Wire.SOAP11 || code.endsWith("mismatch") || code.startsWith("must") ? 500 : 400,
                    code);
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void a_username_token_with_its_password_as_text_says_who_calls(Wire wire) {
        HttpResponse<String> answer =
                stand.send(unnamed(wire), Stand.envelope(wire, token("erp", stand.password("erp"), "", ""), FIND));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(">LAB-1<");
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void whoever_shows_no_account_or_a_wrong_one_is_told_nothing(Wire wire) {
        HttpResponse<String> nobody = stand.send(unnamed(wire), Stand.envelope(wire, "", FIND));
        refused(nobody, 401, "account-refused");
        assertThat(nobody.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Basic ");
        refused(
                stand.send(
                        unnamed(wire).header("Authorization", Stand.basic("erp", "fla_wrong")),
                        Stand.envelope(wire, "", FIND)),
                401,
                "account-refused");
        refused(
                stand.send(unnamed(wire).header("Authorization", "Bearer x"), Stand.envelope(wire, "", FIND)),
                401,
                "account-refused");
        stand.room.logins.person("anna" + wire.ordinal());
        stand.room.logins.password("anna" + wire.ordinal(), TestLogins.PASSWORD);
        refused(
                stand.send(
                        unnamed(wire)
                                .header("Authorization", Stand.basic("anna" + wire.ordinal(), TestLogins.PASSWORD)),
                        Stand.envelope(wire, "", FIND)),
                401,
                "account-refused");
        // Ten of these would block the address.
        stand.room.postgres.execute("DELETE FROM login_failure");
    }

    @Test
    void of_ws_security_nothing_else_is_taken() {
        String password = stand.password("erp");
        String signature = "<d:Signature xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"/>";
        String right = token("erp", password, "", "");
        for (String header : List.of(
                token("erp", password, DIGEST, ""),
                token("erp", password, "", signature),
                token("erp", password, "", "<w:UsernameToken/>"),
                right.replace("</s:Header>", "") + right.replace("<s:Header>", ""),
                "<s:Header><w:Security xmlns:w=\"" + WSSE + "\"/></s:Header>",
                token(
                        "erp",
                        password,
                        "",
                        "<u:Timestamp xmlns:u=\"http://docs.oasis-open.org/wss/2004/01/"
                                + "oasis-200401-wss-wssecurity-utility-1.0.xsd\"><u:Expires>2020-01-01T00:00:00Z"
                                + "</u:Expires></u:Timestamp>"))) {
            refused(
                    stand.send(unnamed(Wire.SOAP11), Stand.envelope(Wire.SOAP11, header, FIND)),
                    400,
                    "security-header");
        }
        String wrapped = "<s:Header><x:Box xmlns:x=\"urn:x\">"
                + right.replace("<s:Header>", "").replace("</s:Header>", "") + "</x:Box></s:Header>";
        refused(stand.send(unnamed(Wire.SOAP11), Stand.envelope(Wire.SOAP11, wrapped, FIND)), 401, "account-refused");
        refused(
                stand.send(stand.request(Wire.SOAP11, "Find"), Stand.envelope(Wire.SOAP11, right, FIND)),
                500,
                "must-understand");
        stand.room.postgres.execute("DELETE FROM login_failure");
    }

    @Test
    void what_a_head_may_not_say_is_refused_before_the_body() {
        String envelope = Stand.envelope(Wire.SOAP11, "", FIND);
        String basic = stand.basic("erp");
        String action = Stand.SERVICE + "Find";
        for (String type : List.of(
                "text/plain",
                "application/soap+xml",
                "text/xml; charset=utf-16",
                "text/xml; charset=utf-8; x=y",
                "multipart/related; type=\"application/xop+xml\"; boundary=x")) {
            refused(
                    stand.send(
                            stand.at(Wire.SOAP11)
                                    .header("Authorization", basic)
                                    .header("Content-Type", type)
                                    .header("SOAPAction", action),
                            envelope),
                    415,
                    "content-type");
        }
        refused(
                stand.send(stand.request(Wire.SOAP11, "Find")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(gzip(envelope)))),
                415,
                "content-type");
        refused(
                stand.send(
                        stand.at(Wire.SOAP11).header("Authorization", basic).header("Content-Type", "text/xml"),
                        envelope),
                400,
                "soap-action");
        refused(stand.send(stand.request(Wire.SOAP11, "Drop"), envelope), 400, "soap-action");
        refused(stand.send(stand.request(Wire.SOAP12, "Drop"), envelope), 400, "soap-action");
        refused(
                stand.send(stand.request(Wire.SOAP11, "Find"), "x".repeat(RequestHead.MOST_BYTES + 1)),
                413,
                "body-too-large");
        refused(stand.send(stand.request(Wire.SOAP11, "Find"), ""), 400, "body-empty");
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    @Test
    void xml_that_is_not_the_contracts_is_refused_with_a_fixed_text() {
        String open = "<s:Envelope xmlns:s=\"ENVELOPE\" xmlns:t=\"urn:fairlead:integration:1:device\">";
        String body = "<s:Body>" + FIND + "</s:Body></s:Envelope>";
        String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + url() + "\">]>";
        refused("<?xml version=\"1.0\"?>" + entity + open + body.replace("<t:criteria/>", "&e;"), "xml-forbidden");
        refused("<!DOCTYPE x SYSTEM \"" + url() + "\">" + open + body, "xml-forbidden");
        refused(open + "<?go " + url() + "?>" + body, "xml-forbidden");
        refused(open + "<s:Body><t:Find><t:criteria>&e;</t:criteria></t:Find></s:Body></s:Envelope>", "xml-forbidden");
        refused("<?xml version=\"1.1\"?>" + open + body, "malformed");
        refused("not xml", "malformed");
        refused(open + "<s:Body>" + FIND, "malformed");
        refused(open + "<s:Body/></s:Envelope>", "malformed");
        refused(open + body.replace("</s:Envelope>", body), "malformed");
        refused(open + body.replace("</s:Envelope>", "<s:Header/></s:Envelope>"), "malformed");
        refused("<t:Find xmlns:t=\"urn:fairlead:integration:1:device\"/>", "malformed");
        refused(open.replace("ENVELOPE", "urn:other") + body, "version-mismatch");
        refused(open + "<s:Header>" + "<t:x>".repeat(40) + "</t:x>".repeat(40) + "</s:Header>" + body, "xml-limit");
        refused(open + "<s:Header>" + "<t:x/>".repeat(5_001) + "</s:Header>" + body, "xml-limit");
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        refused(open + "<s:Header" + attributes + "/>" + body, "xml-limit");
        refused(open + "<s:Header a=\"" + "x".repeat(5_000) + "\"/>" + body, "xml-limit");
        refused(
                open + "<s:Body><t:Find><t:criteria><t:text>" + "x".repeat(300_000)
                        + "</t:text></t:criteria></t:Find></s:Body></s:Envelope>",
                "xml-limit");
    }

    @Test
    void what_the_schema_does_not_have_is_refused_and_never_lost_in_silence() {
        String open = "<s:Envelope xmlns:s=\"ENVELOPE\" xmlns:t=\"urn:fairlead:integration:1:device\"><s:Body>";
        String close = "</s:Body></s:Envelope>";
        refused(open + "<t:Find><t:criteria><t:colour>red</t:colour></t:criteria></t:Find>" + close, "invalid");
        refused(open + "<t:Find><t:criteria><t:pageSize>501</t:pageSize></t:criteria></t:Find>" + close, "invalid");
        refused(open + "<t:Find><t:criteria><t:state>lost</t:state></t:criteria></t:Find>" + close, "invalid");
        refused(open + "<t:Find/>" + close, "invalid");
        refused(open + "<t:Drop/>" + close, "malformed");
        refused(open + FIND + FIND + close, "malformed");
        String spoofed = open + Stand.findById("LAB-1") + close;
        refused(spoofed, "soap-action");
        String include =
                "<t:Find><t:criteria><t:text><x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"";
        refused(open + include + url() + "\"/></t:text></t:criteria></t:Find>" + close, "xml-forbidden");
        refused(open + include + "file:///etc/passwd\"/></t:text></t:criteria></t:Find>" + close, "xml-forbidden");
    }

    @Test
    void an_answer_goes_nowhere_but_back() {
        String addressing = "<s:Header><a:ReplyTo xmlns:a=\"http://www.w3.org/2005/08/addressing\"%s><a:Address>"
                + url() + "</a:Address></a:ReplyTo></s:Header>";
        HttpResponse<String> ignored = stand.send(
                stand.request(Wire.SOAP11, "Find"), Stand.envelope(Wire.SOAP11, addressing.formatted(""), FIND));
        assertThat(ignored.statusCode()).isEqualTo(200);
        assertThat(ignored.body()).contains(">LAB-1<");
        refused(
                stand.send(
                        stand.request(Wire.SOAP11, "Find"),
                        Stand.envelope(Wire.SOAP11, addressing.formatted(" s:mustUnderstand=\"1\""), FIND)),
                500,
                "must-understand");
    }

    @Test
    void a_body_without_end_and_one_that_never_comes_take_no_memory_and_no_thread() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stand.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /services/v1/DeviceService HTTP/1.1\r\nHost: x\r\nAuthorization: " + stand.basic("erp")
                            + "\r\nContent-Type: text/xml\r\nSOAPAction: " + Stand.SERVICE
                            + "Find\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            long sent = 0;
            try {
                while (sent < 500_000_000) {
                    out.write(chunk);
                    sent += 65_536;
                }
            } catch (IOException closed) {
                // As it should be.
            }
            assertThat(sent).isLessThan(32_000_000);
        }
    }

    @Test
    void an_account_has_eight_calls_at_once_and_is_told_to_come_again() {
        Turnstile turnstile = new Turnstile("calls", 10, 2);
        Turnstile.Place first = turnstile.enter("erp");
        Turnstile.Place second = turnstile.enter("erp");
        assertThat(io.fairlead.enterprise.fleet.TestFleet.refused(
                        io.vertx.core.Future.succeededFuture().map(now -> turnstile.enter("erp"))))
                .isEqualTo(io.fairlead.soap.Fault.BUSY);
        first.leave();
        first.leave();
        turnstile.enter("erp").leave();
        second.leave();

        List<CompletableFuture<HttpResponse<String>>> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(CompletableFuture.supplyAsync(() -> stand.call(Wire.SOAP11, "Find", FIND)));
        }
        for (CompletableFuture<HttpResponse<String>> each : many) {
            HttpResponse<String> answer = each.join();
            if (answer.statusCode() != 200) {
                refused(answer, 503, "busy");
                assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            }
        }
        assertThat(stand.call(Wire.SOAP11, "Find", FIND).statusCode())
                .as("all places are free again")
                .isEqualTo(200);
    }

    @Test
    void whoever_calls_again_as_soon_as_he_has_an_answer_finds_his_place_free() throws Exception {
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> callers = Collections.nCopies(8, () -> {
                for (int i = 0; i < 40; i++) {
                    HttpResponse<String> answer = stand.call(Wire.SOAP12, "Find", FIND);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                }
                return 40;
            });
            for (Future<Integer> each : eight.invokeAll(callers)) {
                assertThat(each.get()).isEqualTo(40);
            }
        } finally {
            eight.shutdownNow();
        }
    }

    @Test
    void services_are_made_ready_ahead_and_calls_beside_that_are_answered() {
        CompletableFuture<Void> ready = stand.lane.warm().toCompletionStage().toCompletableFuture();
        assertThat(stand.call(Wire.SOAP11, "Find", FIND).statusCode()).isEqualTo(200);
        ready.join();
        Void again = await(stand.lane.warm());
        assertThat(stand.call(Wire.SOAP12, "Find", FIND).statusCode()).isEqualTo(200);
    }

    @Test
    void a_call_that_failed_is_on_the_accounts_list_under_the_faults_correlation() {
        HttpResponse<String> answer = stand.call(Wire.SOAP12, "FindById", Stand.findById("LAB-0"));
        List<FailedCall> failed = await(stand.room.failedCalls.list(TestAccounts.ROOT, "erp"));

        assertThat(failed).anySatisfy(call -> {
            assertThat(call.code()).isEqualTo("unknown-device");
            assertThat(call.call().service()).isEqualTo("DeviceService");
            assertThat(call.call().operation()).isEqualTo("FindById");
            assertThat(answer.body()).contains(call.call().correlation());
        });
        assertThat(stand.metrics
                        .get("fairlead.integration.calls")
                        .tag("operation", "FindById")
                        .tag("outcome", "unknown-device")
                        .timer()
                        .count())
                .isPositive();
    }
}
