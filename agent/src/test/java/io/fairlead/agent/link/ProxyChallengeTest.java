package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyChallengeTest {
    private static final ServerAddress SERVER = new ServerAddress("agents.example", 443);

    @Test
    void several_challenges_may_stand_in_one_header() {
        assertThat(ProxyChallenge.in(" Negotiate, NTLM, Basic realm=\"a \\\"b\\\", c\" ,charset=UTF-8"))
                .containsExactly(
                        new ProxyChallenge("negotiate", "", Map.of()),
                        new ProxyChallenge("ntlm", "", Map.of()),
                        new ProxyChallenge("basic", "", Map.of("realm", "a \"b\", c", "charset", "UTF-8")));
        assertThat(ProxyChallenge.in("NTLM TlRMTVNTUAAC+/=="))
                .containsExactly(new ProxyChallenge("ntlm", "TlRMTVNTUAAC+/==", Map.of()));
        assertThat(ProxyChallenge.in("Digest realm=\"x\", NONCE = \"n\", qop=\"auth, auth-int\", stale=false, Basic"))
                .containsExactly(
                        new ProxyChallenge(
                                "digest",
                                "",
                                Map.of("realm", "x", "nonce", "n", "qop", "auth, auth-int", "stale", "false")),
                        new ProxyChallenge("basic", "", Map.of()));
    }

    @Test
    void what_is_no_challenge_is_left_out() {
        assertThat(ProxyChallenge.in("")).isEmpty();
        assertThat(ProxyChallenge.in("=, \"\"")).isEmpty();
        assertThat(ProxyChallenge.in("Basic realm=\"never ends"))
                .containsExactly(new ProxyChallenge("basic", "", Map.of()));
        assertThat(ProxyChallenge.in("A ,".repeat(100_000))).hasSize(16);
        assertThat(ProxyChallenge.in("Basic " + "=".repeat(16_000))).hasSizeLessThan(2);
    }

    @Test
    void the_safest_known_way_is_taken() {
        assertThat(way("Negotiate, Basic realm=x, NTLM, Digest realm=x, nonce=n"))
                .startsWith("Digest ");
        assertThat(way("Basic realm=x, NTLM, Digest realm=x, nonce=n, algorithm=SHA-512-256"))
                .startsWith("NTLM ");
        assertThat(way("Basic realm=x")).isEqualTo("Basic dTpw");
        assertThat(way("Negotiate, Bearer realm=x")).isEmpty();
    }

    /** Expected values: {@code openssl dgst} over the strings of RFC 7616 section 3.4. */
    @Test
    void digest_by_each_hash_that_is_known() {
        String offered = "Digest realm=\"r\", nonce=\"n\", opaque=\"o\", ";
        assertThat(digest(offered + "qop=\"auth-int,auth\""))
                .isEqualTo(
                        "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"agents.example:443\", response=\"39027fcf78fcdd62b02ef3499ae3b6c7\","
                                + " qop=auth, nc=00000001, cnonce=\"c\", opaque=\"o\"");
        assertThat(digest(offered + "algorithm=SHA-256, qop=auth"))
                .contains(
                        "response=\"47ee5253c567dcb5c28519420b2e9bc4a55524d00c0452c56c0d5753f54b65df\", algorithm=SHA-256, qop=auth");
        assertThat(digest(offered + "algorithm=MD5-sess, qop=auth"))
                .contains("response=\"76d5ae338f570f6850f0c589a3dc6909\", algorithm=MD5-sess, ");
        assertThat(digest(offered + "algorithm=MD5"))
                .contains("response=\"12ff1b01a2c71e61e77cd4feed6d01e3\", algorithm=MD5, opaque");
    }

    private static String digest(String header) {
        return new DigestLogin(ProxyChallenge.in(header).get(0), SERVER, "u", "p").with("c");
    }

    private static String way(String header) {
        List<ProxyChallenge> offered = ProxyChallenge.in(header);
        return ProxyLogin.to(offered, SERVER, "u", "p")
                .map(login -> {
                    try {
                        return login.first();
                    } catch (java.io.IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .orElse("");
    }
}
