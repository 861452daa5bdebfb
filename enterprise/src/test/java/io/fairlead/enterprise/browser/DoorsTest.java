package io.fairlead.enterprise.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.TestDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the door lets in and what it says, request by request. */
class DoorsTest {
    private static TestDatabase postgres;
    private static TestConsole console;
    private static Browsing web;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.start();
        console = TestConsole.open(postgres, new StylePages());
        console.person("anna", "operator");
        console.person("carl", "customer-user");
        web = new Browsing(console.url());
    }

    @AfterAll
    static void stop() {
        console.close();
        postgres.close();
    }

    private static String cookie(String person) {
        return "__Host-fairlead=" + console.logIn(person);
    }

    private static String csrf(String cookie) {
        return Csrf.of(cookie.substring(cookie.indexOf('=') + 1));
    }

    @Test
    void every_answer_has_the_security_headers() {
        String anna = cookie("anna");
        List<HttpResponse<String>> answers = List.of(
                web.get("/style", "Cookie", anna),
                web.get("/style"),
                web.get("/nowhere", "Cookie", anna),
                web.get("/broken", "Cookie", anna),
                web.get(Assets.open().url("htmx.js")),
                web.post("/style", "name=x", "Cookie", anna),
                web.get("/live", "Cookie", anna, "Sec-Fetch-Site", "cross-site"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                    .doesNotContain("unsafe", "http:", "https:", "*");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy"))
                    .contains("same-origin");
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("same-origin");
            assertThat(answer.headers().firstValue("Permissions-Policy").orElse(""))
                    .contains("camera=()");
        });
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 303, 404, 500, 200, 403, 403);
    }

    @Test
    void a_change_is_taken_only_from_a_page_of_ours_with_the_token_of_this_browser() {
        String anna = cookie("anna");
        String good = "name=x&hours=1&csrf=" + csrf(anna);

        assertThat(web.post("/style", good, web.fromHere(anna)).statusCode()).isEqualTo(303);
        assertThat(web.post("/style", "name=x&hours=1", web.fromHere(anna, "X-Csrf", csrf(anna)))
                        .statusCode())
                .isEqualTo(303);

        assertThat(web.post("/style", "name=x&hours=1", web.fromHere(anna)).statusCode())
                .as("no token")
                .isEqualTo(403);
        assertThat(web.post("/style", "name=x&hours=1&csrf=" + csrf(cookie("anna")), web.fromHere(anna))
                        .statusCode())
                .as("the token of another session")
                .isEqualTo(403);
        assertThat(web.post("/style", good, "Cookie", anna).statusCode())
                .as("no origin")
                .isEqualTo(403);
        assertThat(web.post("/style", good, "Cookie", anna, "Origin", "https://localhost")
                        .statusCode())
                .as("another port")
                .isEqualTo(403);
        assertThat(web.post("/style", good, "Cookie", anna, "Origin", "null").statusCode())
                .as("a sandboxed page")
                .isEqualTo(403);
        assertThat(web.post("/style", good, "Cookie", anna, "Origin", console.url(), "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .as("a page of a neighbour")
                .isEqualTo(403);
    }

    @Test
    void no_route_that_changes_something_opens_without_its_token() {
        String anna = cookie("anna");
        List<Route> changes =
                console.doors().routes().stream().filter(Route::changes).toList();

        assertThat(changes).hasSizeGreaterThan(2).allSatisfy(route -> {
            assertThat(web.post(route.path(), "", web.fromHere(anna)).statusCode())
                    .as("%s", route)
                    .isEqualTo(403);
            assertThat(web.get(route.path(), "Cookie", anna, "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .as("%s by GET shows a page, leads to one, or is none", route)
                    .isIn(200, 303, 404);
        });
    }

    @Test
    void no_page_but_the_log_in_opens_to_a_stranger() {
        assertThat(console.doors().routes())
                .filteredOn(route -> !route.access().open())
                .hasSizeGreaterThan(4)
                .allSatisfy(route -> {
                    HttpResponse<String> answer =
                            route.changes() ? web.post(route.path(), "", web.fromHere("a=b")) : web.get(route.path());
                    assertThat(answer.statusCode()).as("%s", route).isEqualTo(303);
                    assertThat(answer.headers().firstValue("Location").orElse(""))
                            .startsWith("/login");
                });
    }

    @Test
    void who_is_not_logged_in_goes_to_the_log_in_and_comes_back() {
        assertThat(web.get("/style?page=2&x=%22").headers().firstValue("Location"))
                .contains("/login?to=%2Fstyle%3Fpage%3D2%26x%3D%2522");
        HttpResponse<String> part = web.get("/style/hints", "HX-Request", "true");
        assertThat(part.headers().firstValue("HX-Redirect")).contains("/login");
        assertThat(part.statusCode()).isEqualTo(200);

        String over = "__Host-fairlead=" + "0".repeat(32);
        assertThat(web.get("/style", "Cookie", over).headers().firstValue("Location"))
                .as("an unknown session")
                .contains("/login?to=%2Fstyle&ended=yes");
        String here = console.url() + "/style?page=2#part";
        assertThat(web.get("/style/hints", "Cookie", over, "HX-Request", "true", "HX-Current-URL", here)
                        .headers()
                        .firstValue("HX-Redirect"))
                .contains("/login?to=%2Fstyle%3Fpage%3D2&ended=yes");
        assertThat(web.post("/style", "", web.fromHere(over, "Referer", here))
                        .headers()
                        .firstValue("Location"))
                .contains("/login?to=%2Fstyle%3Fpage%3D2&ended=yes");
        HttpResponse<String> module = web.postJson("/style", "{}", web.fromHere(over));
        assertThat(module.statusCode()).as("a module follows nowhere").isEqualTo(401);
        assertThat(module.headers().firstValue("X-Fairlead-Message").orElse(""))
                .startsWith("You are not logged in, or no longer.");
    }

    @Test
    void who_comes_to_the_address_of_a_change_is_led_to_the_page_above_it() {
        HttpResponse<String> answer = web.get("/style/part?x=%22");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/style?x=%22");
        assertThat(web.get("/style/part/more").statusCode()).isEqualTo(404);
    }

    @Test
    void a_change_of_whom_the_session_has_left_leads_to_the_log_in_and_back_to_the_page() {
        HttpResponse<String> answer =
                web.post("/style/part", "", web.fromHere("a=b", "Referer", console.url() + "/style?page=2"));
        assertThat(answer.headers().firstValue("Location")).contains("/login?to=%2Fstyle%3Fpage%3D2");
    }

    @Test
    void a_link_from_elsewhere_comes_again_by_itself_for_its_strict_cookie() {
        HttpResponse<String> answer = web.get(
                "/style", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("http-equiv=\"refresh\"").doesNotContain("LAB-7");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void cookies_are_for_this_host_this_site_and_no_script() {
        HttpResponse<String> login = web.get("/login");
        String visitor = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(visitor)
                .startsWith("__Host-fairlead-visitor=")
                .containsIgnoringCase("; Path=/; Secure; HttpOnly; SameSite=Strict")
                .doesNotContain("Domain");

        String cookie = visitor.split(";", 2)[0];
        HttpResponse<String> entered = web.post("/enter", "token=abc&csrf=" + csrf(cookie), web.fromHere(cookie));
        assertThat(entered.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-fairlead=abc; ")
                .containsIgnoringCase("; Path=/; Secure; HttpOnly; SameSite=Strict");

        String anna = cookie("anna");
        assertThat(web.post("/logout", "csrf=" + csrf(anna), web.fromHere(anna))
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow())
                .startsWith("__Host-fairlead=; ")
                .contains("Max-Age=0");
    }

    @Test
    void who_lacks_the_role_is_told_so_and_does_not_see_it_in_the_menu() {
        HttpResponse<String> refused = web.get("/audit", "Cookie", cookie("carl"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This is not for you").doesNotContain("href=\"/audit\"");
        assertThat(web.get("/audit", "Cookie", cookie("anna")).body()).contains("href=\"/audit\"");
    }

    @Test
    void a_failure_shows_a_reference_and_no_detail() {
        String anna = cookie("anna");
        HttpResponse<String> page = web.get("/broken", "Cookie", anna);
        assertThat(page.body())
                .contains("This should not have happened")
                .containsPattern("Reference <code>[0-9a-f]{12}</code>")
                .doesNotContain("secret detail", "Exception");

        HttpResponse<String> part = web.get("/missing", "Cookie", anna, "HX-Request", "true");
        assertThat(part.statusCode()).isEqualTo(404);
        assertThat(part.body()).doesNotContain("<html", "secret detail");
        assertThat(part.headers().firstValue("X-Fairlead-Message").orElse(""))
                .matches("The page does not exist.* \\([0-9a-f]{12}\\)");
    }

    @Test
    void a_form_that_is_too_long_or_no_form_is_refused() {
        String anna = cookie("anna");
        String token = "csrf=" + csrf(anna);

        assertThat(web.post("/style", token + "&name=" + "x".repeat(70_000), web.fromHere(anna))
                        .statusCode())
                .isEqualTo(413);
        assertThat(web.post("/style", token + "&name=%zz", web.fromHere(anna)).statusCode())
                .isEqualTo(400);
        assertThat(web.post("/style", token + "&a".repeat(1_100), web.fromHere(anna))
                        .statusCode())
                .isEqualTo(400);
        assertThat(web.post("/style", token + "&name=" + "x".repeat(60_000), web.fromHere(anna))
                        .statusCode())
                .as("too long for the field, not for the door")
                .isEqualTo(422);
    }

    @Test
    void assets_are_kept_for_ever_in_the_form_that_the_browser_takes() {
        String css = Assets.open().url("tabler.css");
        HttpResponse<String> plain = web.get(css);
        assertThat(plain.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(plain.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(web.get(css, "Accept-Encoding", "gzip, br").headers().firstValue("Content-Encoding"))
                .contains("br");
        assertThat(web.get(css, "Accept-Encoding", "gzip, br;q=0").headers().firstValue("Content-Encoding"))
                .contains("gzip");
        assertThat(web.get("/assets/0000000000000000/tabler.css").headers().firstValue("Cache-Control"))
                .as("a page of another version")
                .contains("no-cache");
        assertThat(web.get("/assets/0000000000000000/index.txt").statusCode()).isEqualTo(404);
        assertThat(web.get("/assets/0000000000000000/..%2fTemplates.class").statusCode())
                .isEqualTo(404);
        assertThat(web.get(Assets.open().url("notices.txt")).body()).contains("@tabler/core", "htmx.org", "uplot");
    }

    @Test
    void a_path_to_another_site_is_no_path_of_ours() {
        assertThat(List.of("/", "/devices/LAB-7?x=1#y")).allMatch(LocalPath::fits);
        assertThat(List.of(
                        "",
                        "//evil.test",
                        "/\\evil.test",
                        "https://evil.test",
                        "/a\nb",
                        "javascript:alert(1)",
                        "/\t/x"))
                .noneMatch(LocalPath::fits);
    }
}
