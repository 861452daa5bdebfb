package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.format.Formats;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published, from the server as it is shipped, as strangers fetch it. */
class FirewallServerTest {
    private static final Path RECIPE = Path.of(
                    System.getProperty("fairlead.root", ".."), "firewall-rules", "verify-allowlist")
            .toAbsolutePath();

    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new RunningServer(folder.resolve("server"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void the_list_has_what_the_server_listens_on() {
        JsonObject list = new JsonObject(get("/firewall/endpoints").body());

        JsonObject agents = list.getJsonArray("rows").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getBoolean("required"))
                .findFirst()
                .orElseThrow();
        assertThat(agents.getString("host")).isEqualTo("localhost");
        assertThat(agents.getString("direction")).isEqualTo("outbound");
        assertThat(agents.getJsonArray("notes").encode()).contains("Do not inspect TLS");
        JsonObject version = new JsonObject(get("/firewall/version").body());
        assertThat(version.getString("version")).isEqualTo(list.getString("version"));
        assertThat(version.getString("sha256"))
                .isEqualTo(RunningServer.sha256(get("/firewall/endpoints").body()));
    }

    @Test
    void every_format_is_there_by_name_and_some_by_what_the_client_accepts() {
        for (String format : Formats.keys()) {
            HttpResponse<String> answer = get("/firewall/endpoints?source=10.1.0.0/16&format=" + format);
            assertThat(answer.statusCode()).as(format).isEqualTo(200);
            // Zscaler's list takes no name of one label, and has no room for a comment that says so.
            assertThat(answer.body().isBlank()).as(format).isEqualTo(format.equals("zscaler"));
        }
        assertThat(accepting("text/csv")).startsWith("text/csv");
        assertThat(accepting("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")).startsWith("text/html");
        assertThat(get("/firewall/endpoints?format=html")
                        .headers()
                        .firstValue("content-security-policy")
                        .orElse(""))
                .contains("sha256-");
        assertThat(accepting("*/*")).startsWith("application/json");
        assertThat(accepting("image/png")).startsWith("application/problem+json");
        assertThat(get("/firewall/hosts/LOCALHOST?format=csv&profile=443").body())
                .contains("localhost")
                .doesNotContain("17002");
        assertThat(new JsonObject(get("/firewall/hosts/other.example").body()).getJsonArray("rows"))
                .isEmpty();
    }

    @Test
    void who_has_the_list_already_is_told_so() {
        HttpResponse<String> first = get("/firewall/endpoints");
        String tag = first.headers().firstValue("etag").orElseThrow();

        assertThat(get("/firewall/endpoints", "If-None-Match", "\"other\", " + tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(get("/firewall/endpoints?format=csv", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
        HttpResponse<String> head = Web.send(request("/firewall/endpoints").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.headers().firstValueAsLong("content-length"))
                .hasValue(first.body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void what_cannot_be_answered_is_said_as_rfc_9457_has_it() {
        assertProblem(get("/firewall/endpoints?fromat=csv"), 400, "fromat");
        assertProblem(get("/firewall/endpoints?format=pdf"), 400, "nftables");
        assertProblem(get("/firewall/endpoints?format=csv&format=json"), 400, "2 times");
        assertProblem(get("/firewall/endpoints?source=10.0.0.1/8"), 400, "source");
        assertProblem(get("/firewall/endpoints?profile=80"), 400, "443");
        assertProblem(get("/firewall/hosts/a%0Ab"), 400, "host");
        assertProblem(get("/firewall/changes/x"), 400, "digits");
        assertProblem(get("/firewall/changes/9999999999"), 404, "newest");
        assertProblem(get("/firewall/changes/2000000000"), 410, "whole list");
        assertProblem(get("/firewall/nothing"), 404, "endpoints");
        assertProblem(
                Web.send(request("/firewall/endpoints").POST(BodyPublishers.ofString("x"))), 405, "Nothing is changed");
    }

    @Test
    void changes_and_their_feed_are_well_formed() throws Exception {
        String version = new JsonObject(get("/firewall/version").body()).getString("version");
        assertThat(new JsonObject(get("/firewall/changes/" + version).body()).getJsonArray("changes"))
                .isEmpty();
        HttpResponse<InputStream> feed = HttpClient.newBuilder()
                .sslContext(Web.anyServer())
                .build()
                .send(request("/firewall/changes.rss").build(), BodyHandlers.ofInputStream());
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(feed.body())
                        .getElementsByTagName("item")
                        .getLength())
                .isEqualTo(1);
    }

    @Test
    void the_recipe_takes_a_genuine_list_and_refuses_an_older_a_changed_and_another_roots() throws Exception {
        Path kept = folder.resolve("kept");
        Path fetched = Files.createDirectories(folder.resolve("fetched"));
        for (String name : List.of("endpoints.json", "signature", "signer.pem", "root.pem")) {
            HttpResponse<Path> unused = HttpClient.newBuilder()
                    .sslContext(Web.anyServer())
                    .build()
                    .send(
                            request("/firewall/" + name.replace(".json", "")).build(),
                            BodyHandlers.ofFile(fetched.resolve(name)));
        }
        String root = rootKey(fetched.resolve("root.pem"));

        assertThat(recipe(server.url(), root, kept)).startsWith("0 version ");
        assertThat(recipe(fetched.toString(), root, kept)).startsWith("0 version ");
        assertThat(run("sh", "-c", "cd " + folder + " && " + RECIPE + " fetched " + root + " kept"))
                .startsWith("0 version ");
        assertThat(recipe(server.url(), "0".repeat(64), kept)).startsWith("1 refused: the root's key is " + root);

        String version = Files.readString(kept.resolve("version")).strip();
        Path later = Files.writeString(kept.resolve("version"), Long.parseLong(version) + 1 + "\n");
        assertThat(recipe(server.url(), root, kept)).startsWith("1 refused: it is version " + version + ", older than");
        Files.delete(later);

        Path list = fetched.resolve("endpoints.json");
        String text = Files.readString(list);
        Path unused = Files.writeString(list, text.replace("localhost", "localhosu"));
        assertThat(recipe(fetched.toString(), root, kept)).startsWith("1 refused: the signature is not of this list");
        unused = Files.writeString(list, text);
        assertThat(recipe(fetched.toString(), root, kept, "faketime", "-f", "+91d"))
                .startsWith("1 refused: it was good until");
        unused = Files.copy(
                fetched.resolve("root.pem"), fetched.resolve("signer.pem"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(recipe(fetched.toString(), root, kept))
                .startsWith("1 refused: the signer's certificate is not for allowlists");
    }

    @Test
    void what_the_page_has_people_type_works_as_it_stands() throws Exception {
        String page = get("/allowlist?format=csv&source=10.1.0.0%2F16&source=2001%3Adb8%3A%3A%2F32")
                .body();
        Path here = Files.createDirectories(folder.resolve("typed"));
        String first = "cd " + here + " && curl -fsS --insecure -o root.pem " + server.url() + "/firewall/root.pem && ";

        assertThat(run("sh", "-c", first + typed(page, "curl"))).isEqualTo("0 ");
        Path list = here.resolve("fairlead-allowlist.csv");
        assertThat(list).content().contains("localhost");
        FileTime before = FileTime.fromMillis(0);
        Path unused = Files.setLastModifiedTime(list, before);
        assertThat(run("sh", "-c", first + typed(page, "curl"))).isEqualTo("0 ");
        assertThat(Files.getLastModifiedTime(list)).as("not fetched again").isEqualTo(before);

        unused = Files.copy(RECIPE, here.resolve("verify-allowlist"), StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(run("sh", "-c", first + typed(page, "recipe"))).startsWith("0 version ");
        assertThat(here.resolve("kept/endpoints.json")).content().contains("localhost");
    }

    private static String typed(String page, String id) {
        Matcher shown = Pattern.compile("id=\"" + id + "\"[^>]*>([^<]*)<").matcher(page);
        assertThat(shown.find()).as(id).isTrue();
        return shown.group(1).replace("&#39;", "'").replace("&amp;", "&");
    }

    private static String rootKey(Path pem) throws Exception {
        return run(
                        "sh",
                        "-c",
                        "openssl x509 -in " + pem + " -noout -pubkey | openssl pkey -pubin -outform DER"
                                + " | openssl dgst -sha256 -r | cut -d' ' -f1")
                .substring(2)
                .strip();
    }

    private static String recipe(String from, String root, Path kept, String... before) throws Exception {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(RECIPE.toString(), from, root, kept.toString()));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String part) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).contains(part);
    }

    private static String accepting(String types) {
        return get("/firewall/endpoints", "Accept", types)
                .headers()
                .firstValue("content-type")
                .orElse("");
    }

    private static HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Web.send(request);
    }

    private static HttpRequest.Builder request(String path) {
        return new Web(server.url(), "").request(path);
    }
}
