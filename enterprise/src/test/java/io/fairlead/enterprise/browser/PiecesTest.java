package io.fairlead.enterprise.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files that go out of a page, and pieces of files that come in. */
class PiecesTest {
    private static final String EVIL = "<script>document.title = 'owned'</script>";
    private static TestDatabase postgres;
    private static TestConsole console;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.start();
        console = TestConsole.open(postgres, doors -> {
            doors.get(
                    "/page",
                    Access.PERSON,
                    visit -> Future.succeededFuture(Answer.show("browser/style.jte", Form.blank())));
            doors.get("/whole", Access.PERSON, visit -> file(Future.succeededFuture()));
            doors.get(
                    "/missing",
                    Access.PERSON,
                    visit -> Future.succeededFuture(file(
                            sink -> Future.failedFuture(new Refusal(Fault.NOT_FOUND, "gone before its first byte")))));
            doors.get(
                    "/cut",
                    Access.PERSON,
                    visit -> file(Future.failedFuture(new IllegalStateException("the disk broke"))));
            doors.bytes(
                    "/piece",
                    Access.PERSON,
                    1_000,
                    visit -> Future.succeededFuture(Answer.data(
                            new JsonObject().put("length", visit.bytes().length()))));
        });
        console.person("anna", "operator");
    }

    private static Future<Answer> file(Future<Void> end) {
        return Future.succeededFuture(
                file(sink -> sink.apply(Buffer.buffer(EVIL)).compose(taken -> end)));
    }

    private static Answer file(Answer.Writer writer) {
        return Answer.file("attachment; filename=\"x.html\"", "text/html", -1, writer);
    }

    @AfterAll
    static void stop() {
        console.close();
        postgres.close();
    }

    @Test
    void a_file_goes_out_to_be_kept_and_never_to_be_shown() throws IOException {
        try (Tab tab = console.as("anna")) {
            tab.forgive("/style/hints").open("/page");
            String before = tab.page().title();
            Download download = tab.page()
                    .waitForDownload(() -> tab.page()
                            .evaluate("() => { const a = document.createElement('a'); a.href = '/whole';"
                                    + " document.body.append(a); a.click(); }"));
            assertThat(download.suggestedFilename()).isEqualTo("x.html");
            assertThat(Files.readString(download.path())).isEqualTo(EVIL);
            assertThat(tab.page().title()).isEqualTo(before);
            assertThat(header(tab, "content-security-policy")).contains("sandbox");
            assertThat(header(tab, "x-content-type-options")).isEqualTo("nosniff");
        }
    }

    private static String header(Tab tab, String name) {
        return (String) tab.page().evaluate("async (name) => (await fetch('/whole')).headers.get(name)", name);
    }

    @Test
    void a_file_that_fails_before_its_first_byte_is_a_page_and_later_is_cut() {
        try (Tab tab = console.as("anna")) {
            tab.forgive("404").forgive("ERR_").forgive("net::");
            tab.open("/missing");
            assertThat(tab.page().locator("main").textContent()).contains("Reference");
            tab.open("/page");
            assertThat(tab.page()
                            .evaluate("() => fetch('/cut').then((a) => a.text()).then(() => 'whole', () => 'cut')"))
                    .isEqualTo("cut");
        }
    }

    @Test
    void a_piece_is_taken_up_to_its_size_and_only_from_a_page_of_ours() {
        try (Tab tab = console.as("anna")) {
            tab.forgive("status of 4").forgive("ERR_").forgive("/style/hints");
            tab.open("/page");
            assertThat(sent(tab, 1_000, "application/octet-stream", true)).isEqualTo("200 {\"length\":1000}");
            assertThat(sent(tab, 0, "application/octet-stream", true)).isEqualTo("200 {\"length\":0}");
            assertThat(sent(tab, 1_001, "application/octet-stream", true)).startsWith("413");
            assertThat(sent(tab, 10, "text/plain", true)).startsWith("400");
            assertThat(sent(tab, 10, "application/octet-stream", false)).startsWith("403");
        }
    }

    private static String sent(Tab tab, int size, String type, boolean token) {
        return (String) tab.page().evaluate("""
                        async ([size, type, token]) => {
                          const csrf = document.querySelector('meta[name="csrf"]').content;
                          const headers = { 'Content-Type': type, ...(token ? { 'X-Csrf': csrf } : {}) };
                          const answer = await fetch('/piece', { method: 'POST', headers, body: new Uint8Array(size) });
                          const text = await answer.text();
                          return answer.status + ' ' + (answer.ok ? text : '');
                        }
                        """, new Object[] {size, type, token});
    }
}
