package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Whoever owns the database still cannot make an agent do anything: orders are altered, exchanged, moved and signed by
 * others in its very tables, and delivered by a real server to a real agent. Each try leaves its reason in the agent's
 * log and nothing in the effect file.
 */
@EnabledOnOs(OS.LINUX)
class AgentForgedOrdersTest {
    private static final String DEVICE = "target";
    private static final String OTHER = "other";
    private static final String SITE = """
            diagnostics = [
              { name = genuine, command = ["/bin/sh", "-c", "echo genuine >> 'EFFECTS'"] }
              { name = forged, command = ["/bin/sh", "-c", "echo forged >> 'EFFECTS'"] }
            ]
            """;
    /** A poll brings at most twenty; a genuine one must be among them. */
    private static final int MOST_AT_ONCE = 12;

    /** An instruction's row. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Row(long sequence, byte[] order, byte[] signature, String key) {
        String text() {
            return new String(order, StandardCharsets.UTF_8);
        }

        Row order(byte[] changed) {
            assertThat(changed).isNotEqualTo(order);
            return new Row(sequence, changed, signature, key);
        }

        Row order(String from, String to) {
            return order(text().replace(from, to).getBytes(StandardCharsets.UTF_8));
        }

        Row signature(byte[] changed) {
            assertThat(changed).isNotEqualTo(signature);
            return new Row(sequence, order, changed, key);
        }

        Row number(long changed) {
            return new Row(changed, order, signature, key);
        }
    }

    /** Somebody with a key and a certificate. */
    record Signer(PrivateKey key, X509Certificate certificate) {
        Row sign(Row row, String from, String to) throws Exception {
            Row changed = from.equals(to) ? row : row.order(from, to);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(changed.order());
            return new Row(row.sequence(), changed.order(), signature.sign(), id());
        }

        String id() throws Exception {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return HexFormat.of().formatHex(hash, 0, 16);
        }
    }

    /** What is made of this device's row, when the other device's row of the same number lies beside it. */
    interface Trick {
        Row play(Row own, Row other) throws Exception;
    }

    /** @param reason as the agent's log names it; empty for an order that is genuine and comes too late */
    record Forgery(String name, String reason, Trick trick) {}

    @Test
    void an_order_that_was_tampered_with_in_the_database_never_runs() throws Exception {
        try (Folder folder = Folder.make("forged");
                Server server = Server.start(folder.path().resolve("server"));
                AgentProcess agent =
                        AgentProcess.enrolled(server, DEVICE, folder.path().resolve("agent"), SITE);
                Connection database = Rows.connect(server.data())) {
            TestDevice other =
                    TestDevice.enrol(server.enrolment(OTHER), folder.path().resolve("other"));
            List<String> effects = new ArrayList<>();
            Row done = runGenuine(server, agent, database, effects);

            Map<Long, Forgery> played = new TreeMap<>();
            List<Forgery> forgeries = forgeries(server, other, done, database);
            for (int from = 0; from < forgeries.size(); from += MOST_AT_ONCE) {
                for (Forgery forgery : forgeries.subList(from, Math.min(forgeries.size(), from + MOST_AT_ONCE))) {
                    long number = instruct(server, agent, "forged");
                    Row row = forgery.trick().play(row(database, DEVICE, number), row(database, OTHER, number));
                    store(database, number, row);
                    played.put(row.sequence(), forgery);
                }
                assertThat(runGenuine(server, agent, database, effects)).isNotNull();
            }
            // The row of an order that was run, as if it had not been.
            execute(
                    database,
                    "UPDATE instruction SET outcome = NULL, journaled_at = NULL, not_after = now() + interval '1 day'"
                            + " WHERE device = '" + DEVICE + "' AND sequence = " + done.sequence());
            assertThat(runGenuine(server, agent, database, effects)).isNotNull();

            assertThat(Files.readAllLines(agent.effects())).isEqualTo(effects);
            String log = agent.ownLog();
            played.forEach((number, forgery) -> {
                if (!forgery.reason().isEmpty()) {
                    assertThat(log)
                            .as(forgery.name())
                            .contains("instruction=not-believed claims=" + number + " reason=" + forgery.reason());
                }
                assertThat(begun(agent)).as(forgery.name()).doesNotContain(number);
            });
            assertThat(begun(agent)).hasSameSizeAs(effects).doesNotHaveDuplicates();
            assertThat(agent.audit()).contains("instruction.forged").contains("out of date");
        }
    }

    private static List<Forgery> forgeries(Server server, TestDevice other, Row done, Connection database)
            throws Exception {
        Path secrets = server.data().resolve("secrets");
        Signer genuine = signer(secrets.resolve("own-signer.pem"));
        Signer listener = signer(secrets.resolve("own-agents.pem"));
        Signer device = new Signer(other.identity().key(), other.identity().certificate());
        keep(database, listener);
        keep(database, device);
        String enrolment = other.identity().enrolment();
        String label = "fairlead instruction 1";
        List<Forgery> all = new ArrayList<>();
        all.add(new Forgery("a bit", "SIGNATURE", (own, its) -> own.order(flipped(own.order()))));
        all.add(new Forgery(
                "cut", "SIGNATURE", (own, its) -> own.order(Arrays.copyOf(own.order(), own.order().length - 1))));
        all.add(new Forgery("longer", "SIGNATURE", (own, its) -> own.order("</", "\n</")));
        all.add(new Forgery("another name", "SIGNATURE", (own, its) -> own.order("\"forged\"", "\"genuine\"")));
        all.add(new Forgery("another year", "SIGNATURE", (own, its) -> own.order("notAfter=\"20", "notAfter=\"21")));
        all.add(new Forgery("no order", "SIZE", (own, its) -> own.order(new byte[0])));
        all.add(new Forgery("no signature", "SIGNATURE", (own, its) -> own.signature(new byte[0])));
        all.add(new Forgery(
                "a bit of the signature", "SIGNATURE", (own, its) -> own.signature(flipped(own.signature()))));
        all.add(new Forgery("zeros", "SIGNATURE", (own, its) -> own.signature(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0})));
        all.add(new Forgery("64 bytes", "SIGNATURE", (own, its) -> own.signature(Arrays.copyOf(own.signature(), 64))));
        all.add(new Forgery("its signature", "SIGNATURE", (own, its) -> own.signature(its.signature())));
        all.add(new Forgery("an old signature", "SIGNATURE", (own, its) -> own.signature(done.signature())));
        all.add(new Forgery("another device's order", "DEVICE", (own, its) -> its));
        all.add(new Forgery(
                "another device's order, renamed",
                "SIGNATURE",
                (own, its) -> its.order('"' + OTHER + '"', '"' + DEVICE + '"')));
        all.add(new Forgery("moved up", "SEQUENCE", (own, its) -> own.number(own.sequence() + 1000)));
        all.add(new Forgery(
                "moved and renumbered",
                "SIGNATURE",
                (own, its) -> own.order(
                                "sequence=\"" + own.sequence() + '"', "sequence=\"" + (own.sequence() + 2000) + '"')
                        .number(own.sequence() + 2000)));
        all.add(new Forgery("replayed under a new number", "SEQUENCE", (own, its) -> done.number(own.sequence())));
        all.add(new Forgery("signed by a device", "SIGNER", (own, its) -> device.sign(own, "", "")));
        all.add(new Forgery("signed by the listener", "SIGNER", (own, its) -> listener.sign(own, "", "")));
        all.add(new Forgery(
                "another's key named",
                "SIGNATURE",
                (own, its) -> new Row(
                        own.sequence(), own.order(), device.sign(own, "", "").signature(), own.key())));
        // From here on with the enterprise's own key: what a stolen backup of signed orders could hold.
        all.add(new Forgery(
                "another label", "LABEL", (own, its) -> genuine.sign(own, label, "fairlead instruction 2")));
        all.add(new Forgery(
                "another enrolment", "ENROLMENT", (own, its) -> genuine.sign(own, enrolmentOf(own), enrolment)));
        all.add(new Forgery("two acts", "MALFORMED", (own, its) -> genuine.sign(own, "</", "<restart/></")));
        all.add(new Forgery("out of date", "", (own, its) -> genuine.sign(own, "notAfter=\"20", "notAfter=\"19")));
        return all;
    }

    /** Has an order run that nobody tampered with, with a start of the agent before it and its end after it. */
    private static Row runGenuine(Server server, AgentProcess agent, Connection database, List<String> effects)
            throws Exception {
        long number = instruct(server, agent, "genuine");
        agent.start();
        assertThat(agent.result(number).getString("state")).isEqualTo("DONE");
        agent.close();
        effects.add("genuine");
        return row(database, DEVICE, number);
    }

    /** The same for both devices, so that their numbers are the same. */
    private static long instruct(Server server, AgentProcess agent, String name) throws Exception {
        JsonObject its =
                new JsonObject().put("device", OTHER).put("action", "diagnose").put("name", name);
        long number = agent.instruct("diagnose", "name", name);
        assertThat(server.call("instruct", its).getLong("number")).isEqualTo(number);
        return number;
    }

    private static List<Long> begun(AgentProcess agent) {
        try {
            return agent.audit()
                    .lines()
                    .filter(line -> line.contains(" instruction.begun number="))
                    .map(line -> Long.valueOf(line.replaceFirst(".* number=([0-9]+) .*", "$1")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String enrolmentOf(Row row) {
        return row.text().replaceFirst("(?s).*enrolment=\"([0-9a-f]{32})\".*", "$1");
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length / 2] ^= 1;
        return changed;
    }

    private static Signer signer(Path pem) throws Exception {
        String text = Files.readString(pem);
        byte[] key = Base64.getMimeDecoder().decode(between(text, "-----BEGIN PRIVATE KEY-----", "-----END"));
        byte[] certificate = Base64.getMimeDecoder().decode(between(text, "-----BEGIN CERTIFICATE-----", "-----END"));
        return new Signer(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)), (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
    }

    private static String between(String text, String from, String to) {
        int begin = text.indexOf(from) + from.length();
        return text.substring(begin, text.indexOf(to, begin));
    }

    private static void keep(Connection database, Signer signer) throws Exception {
        try (PreparedStatement insert =
                database.prepareStatement("INSERT INTO signer_certificate (key_id, certificate) VALUES (?, ?)")) {
            insert.setString(1, signer.id());
            insert.setBytes(2, signer.certificate().getEncoded());
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private static Row row(Connection database, String device, long number) throws Exception {
        try (PreparedStatement query = database.prepareStatement(
                "SELECT sequence, body, signature, key_id FROM instruction WHERE device = ? AND sequence = ?")) {
            query.setString(1, device);
            query.setLong(2, number);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return new Row(rows.getLong(1), rows.getBytes(2), rows.getBytes(3), rows.getString(4));
            }
        }
    }

    private static void store(Connection database, long number, Row row) throws Exception {
        try (PreparedStatement update = database.prepareStatement("""
                UPDATE instruction SET sequence = ?, body = ?, signature = ?, key_id = ?
                 WHERE device = ? AND sequence = ?
                """)) {
            update.setLong(1, row.sequence());
            update.setBytes(2, row.order());
            update.setBytes(3, row.signature());
            update.setString(4, row.key());
            update.setString(5, DEVICE);
            update.setLong(6, number);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static void execute(Connection database, String sql) throws Exception {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
