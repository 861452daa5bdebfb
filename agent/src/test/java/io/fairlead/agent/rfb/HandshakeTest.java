package io.fairlead.agent.rfb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HandshakeTest {
    private static final Terms VIEW = new Terms(Scope.VIEW, false);
    private static final Bytes V3_8 = version("003.008");

    private static Bytes version(String number) {
        return new Bytes().text("RFB " + number + "\n");
    }

    private static byte[] secret() {
        return "secret".getBytes(StandardCharsets.US_ASCII);
    }

    /** Computed by OpenSSL from the key cea6c64ea62e0000, which is "secret" with each byte's bits turned around. */
    @Test
    void the_answer_to_a_challenge_is_that_of_the_protocol() {
        byte[] challenge = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
        byte[] password = "secret".getBytes(StandardCharsets.US_ASCII);

        assertThat(HexFormat.of().formatHex(VncAuthentication.answer(challenge, password)))
                .isEqualTo("ee22539f33a5983ec12f9c2edbc995dd");
        assertThat(VncAuthentication.answer(challenge, "secret78".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(VncAuthentication.answer(challenge, "secret789".getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource({"003.008, 003.008", "003.889, 003.008", "004.001, 003.008", "003.007, 003.007", "003.005, 003.003"})
    void a_server_of_any_version_is_logged_in_to_and_the_password_is_wiped(String said, String spoken)
            throws Exception {
        byte[] password = secret();
        byte[] challenge = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
        try (Between between = new Between(VIEW, () -> password)) {
            between.server.says(version(said));
            between.server.hears(version(spoken));
            if (spoken.equals("003.003")) {
                between.server.says(new Bytes().u32(2));
            } else {
                between.server.says(Bytes.of(3, 19, 2, 1));
                between.server.hears(Bytes.of(2));
            }
            between.server.says(new Bytes().add(challenge));
            between.server.hears(new Bytes().add(VncAuthentication.answer(challenge, secret())));
            between.server.says(new Bytes().u32(0));
            between.server.hears(Bytes.of(1));
            between.server.says(new Bytes().u16(1, 16_384).format8().u32(4).text("a\u001b\nb"));

            between.viewer.says(new Bytes().text("RFB 003.008\n").u8(1, 1));
            between.viewer.hears(new Bytes().add(V3_8.all()).u8(1, 1).u32(0));
            between.viewer.hears(new Bytes().u16(1, 16_384).format8().u32(2).text("ab"));
            assertThat(password).containsOnly(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"003.008", "003.889", "003.007", "003.003", "003.005"})
    void a_viewer_of_any_version_is_let_in_without_a_password(String said) throws Exception {
        try (Between between = new Between(VIEW, () -> new byte[0])) {
            between.server.says(new Bytes()
                    .text("RFB 003.003\n")
                    .u32(1)
                    .u16(800, 600)
                    .format16()
                    .u32(0));
            between.server.hears(new Bytes().text("RFB 003.003\n").u8(1));
            between.viewer.hears(V3_8);
            between.viewer.says(version(said));
            boolean old = said.equals("003.003") || said.equals("003.005");
            between.viewer.hears(old ? new Bytes().u32(1) : Bytes.of(1, 1));
            between.viewer.says(old ? Bytes.of(0) : Bytes.of(1, 0));
            boolean result = said.equals("003.008") || said.equals("003.889");
            between.viewer.hears(result ? new Bytes().u32(0) : new Bytes());
            between.viewer.hears(new Bytes().u16(800, 600).format16().u32(0));
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void a_server_that_lets_nobody_in_is_told_apart(Bytes said, Ended ended, byte[] password) throws Exception {
        try (Between between = new Between(VIEW, () -> password)) {
            between.server.says(said);
            between.server.socket().shutdownOutput();
            between.viewer.says(new Bytes().text("RFB 003.008\n").u8(1, 1));

            assertThat(between.ended()).isEqualTo(ended);
            // The viewer has seen nothing of the server's.
            assertThat(between.viewer.hearsToTheEnd()).isEqualTo(V3_8.all());
        }
    }

    static Stream<Arguments> a_server_that_lets_nobody_in_is_told_apart() {
        byte[] none = new byte[0];
        Bytes open = new Bytes().text("RFB 003.008\n").u8(1, 1).u32(0);
        byte[] begun = open.all();
        return Stream.of(
                arguments(new Bytes().text("SSH-2.0-OpenSSH_9.2p1\r\n"), refused(Ended.Why.NOT_RFB, ""), none),
                arguments(version("002.009"), refused(Ended.Why.NOT_RFB, ""), none),
                arguments(version("003.008").u8(2, 19, 30), refused(Ended.Why.SECURITY, ""), secret()),
                arguments(version("003.008").u8(1, 2), refused(Ended.Why.NO_PASSWORD, ""), none),
                arguments(
                        version("003.008").u8(0).u32(9).text("too\nmany\u202e"),
                        refused(Ended.Why.TURNED_AWAY, "toomany"),
                        none),
                arguments(version("003.003").u32(0).u32(2).text("no"), refused(Ended.Why.TURNED_AWAY, "no"), none),
                arguments(
                        version("003.008").u8(1, 2).fill(16).u32(1).u32(3).text("bad"),
                        refused(Ended.Why.WRONG_PASSWORD, "bad"),
                        secret()),
                arguments(version("003.007").u8(1, 2).fill(16).u32(1), refused(Ended.Why.WRONG_PASSWORD, ""), secret()),
                arguments(version("003.008").u8(1, 1).u32(1), refused(Ended.Why.TURNED_AWAY, ""), none),
                arguments(version("003.008").u8(200, 1), new Ended.Left(Side.SERVER), none),
                arguments(
                        new Bytes().add(begun).u16(800, 600).format32().u32(0xFFFF_FFFFL),
                        new Ended.Broke(Side.SERVER, "a name or reason of 4294967295 bytes"),
                        none),
                arguments(
                        new Bytes().add(begun).u16(0, 600).format32().u32(0),
                        new Ended.Broke(Side.SERVER, "a desktop of 0 x 600"),
                        none),
                arguments(
                        new Bytes().add(begun).u16(800, 65_535).format32().u32(0),
                        new Ended.Broke(Side.SERVER, "a desktop of 800 x 65535"),
                        none),
                arguments(
                        new Bytes().add(begun).u16(800, 600).fill(20),
                        new Ended.Broke(Side.SERVER, "pixels of 7 bits"),
                        none));
    }

    private static Ended refused(Ended.Why why, String words) {
        return new Ended.Refused(why, words);
    }

    @Test
    void a_viewer_that_is_none_is_sent_away() throws Exception {
        for (Bytes said : new Bytes[] {
            new Bytes().text("GET / HTTP/1.1\r\n"), version("003.008").u8(2)
        }) {
            try (Between between = new Between(VIEW, () -> new byte[0])) {
                between.server.says(version("003.008")
                        .u8(1, 1)
                        .u32(0)
                        .u16(800, 600)
                        .format32()
                        .u32(0));
                between.viewer.says(said);

                assertThat(between.ended()).isInstanceOf(Ended.Broke.class);
            }
        }
    }

    @Test
    void who_says_nothing_is_waited_for_until_the_patience_is_over() throws Exception {
        Terms hasty = new Terms(Scope.VIEW, false, Duration.ofMillis(200));
        try (Between between = new Between(hasty, () -> new byte[0])) {
            assertThat(between.ended()).isEqualTo(new Ended.Late(Side.SERVER));
        }
        try (Between between = new Between(hasty, () -> new byte[0])) {
            between.server.says(
                    version("003.008").u8(1, 1).u32(0).u16(800, 600).format32().u32(0));
            assertThat(between.ended()).isEqualTo(new Ended.Late(Side.VIEWER));
        }
    }

    @Test
    void a_long_name_is_cut_to_256_bytes() throws Exception {
        try (Between between = new Between(VIEW, () -> new byte[0])) {
            between.server.says(version("003.008").u8(1, 1).u32(0).u16(800, 600).format32());
            between.server.says(new Bytes().u32(4_096).text("ä".repeat(2_048)));
            between.viewer.says(version("003.003").u8(1));
            between.viewer.hears(
                    new Bytes().add(V3_8.all()).u32(1).u16(800, 600).format32());
            between.viewer.hears(new Bytes().u32(256).text("ä".repeat(128)));
        }
    }
}
