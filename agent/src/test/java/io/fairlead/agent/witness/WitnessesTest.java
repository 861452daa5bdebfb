package io.fairlead.agent.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.instruction.Authority;
import io.fairlead.agent.instruction.Authority.Signer;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.Signers;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.contract.agent.SignedCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessesTest {
    private static final Instant NOON = Authority.NOON;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    @TempDir
    Path data;

    private final Authority authority = new Authority();
    private final Signer signer = signer(authority, Signers.AUDIT);
    private final AtomicLong nanos = new AtomicLong();
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    private LocalAudit audit;
    private Witnesses witnesses;

    @BeforeEach
    void open() throws IOException {
        audit = new LocalAudit(data.resolve("audit.log"), clock);
        witnesses = opened();
    }

    @AfterEach
    void close() throws IOException {
        witnesses.close();
    }

    @Test
    void what_a_pinned_signer_stated_is_on_disk_when_it_was_taken_and_can_be_handed_out() throws IOException {
        assertThat(witnesses.wanted()).isTrue();
        witnesses.offered(stated(signer, 7, 'a', NOON));

        // Read as by another process, while this one runs.
        List<Witnessed.Line> lines = Witnessed.in(file()).lines();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).checkpoint().number()).isEqualTo(7);
        assertThat(lines.get(0).line())
                .startsWith("{\"checkpoint\":\"fairlead audit checkpoint 1\\nnumber 7\\nhash aaa")
                .contains("\"signature\":\"", "\"certificates\":[\"");
        assertThat(line("newest-number")).isEqualTo(7L);
        assertThat(line("contradicted")).isEqualTo(false);
        assertThat(log()).contains("witness.begun number=7");
    }

    @Test
    void another_is_wanted_after_ten_minutes_and_after_a_start() throws IOException {
        witnesses.offered(stated(signer, 7, 'a', NOON));
        assertThat(witnesses.wanted()).isFalse();
        nanos.addAndGet(Witnesses.BETWEEN.toNanos() - 1);
        assertThat(witnesses.wanted()).isFalse();
        nanos.addAndGet(1);
        assertThat(witnesses.wanted()).isTrue();
        witnesses.offered(stated(signer, 8, 'b', NOON.plusSeconds(600)));
        witnesses.close();
        witnesses = opened();
        assertThat(witnesses.wanted()).isTrue();
        assertThat(line("kept")).isEqualTo(2);
    }

    @Test
    void another_hash_for_a_number_that_is_held_is_said_aloud_and_kept_as_proof() throws IOException {
        witnesses.offered(stated(signer, 7, 'a', NOON));
        witnesses.offered(stated(signer, 9, 'b', NOON.plusSeconds(60)));
        witnesses.offered(stated(signer, 7, 'c', NOON));

        assertThat(log()).contains("witness.contradicted", "number=7", "hash=ccc", "held-hash=aaa");
        assertThat(line("contradicted")).isEqualTo(true);
        assertThat(Witnessed.in(file()).lines())
                .extracting(Witnessed.Line::contradicting)
                .containsExactly(false, false, true);

        // It is still said after a restart, and not noted twice.
        witnesses.close();
        witnesses = opened();
        witnesses.offered(stated(signer, 7, 'c', NOON));
        assertThat(line("contradicted")).isEqualTo(true);
        assertThat(log().split("witness.contradicted", -1)).hasSize(2);
    }

    @Test
    void a_number_that_goes_back_while_the_time_goes_on_is_a_contradiction() throws IOException {
        witnesses.offered(stated(signer, 70, 'a', NOON));
        witnesses.offered(stated(signer, 60, 'b', NOON.plusSeconds(60)));

        assertThat(log()).contains("witness.contradicted", "number=60", "held=70");
    }

    @Test
    void an_answer_that_is_a_moment_behind_is_none() throws IOException {
        witnesses.offered(stated(signer, 70, 'a', NOON));
        witnesses.offered(stated(signer, 60, 'b', NOON.minusSeconds(1)));
        witnesses.offered(stated(signer, 70, 'a', NOON));

        assertThat(log()).doesNotContain("contradicted");
        assertThat(Witnessed.in(file()).lines()).hasSize(1);
    }

    @Test
    void what_somebody_else_signed_is_refused_and_proves_nothing() throws IOException {
        witnesses.offered(stated(signer, 7, 'a', NOON));
        witnesses.offered(stated(signer(new Authority(), Signers.AUDIT), 7, 'b', NOON));
        witnesses.offered(stated(signer(authority, Signers.INSTRUCTIONS), 7, 'b', NOON));
        SignedCheckpoint altered = stated(signer, 7, 'a', NOON);
        altered.setStatement(statement(signer, 7, 'b', NOON));
        witnesses.offered(altered);
        SignedCheckpoint malformed = stated(signer, 7, 'a', NOON);
        malformed.setStatement("number 7".getBytes(StandardCharsets.US_ASCII));
        witnesses.offered(malformed);
        witnesses.offered(new SignedCheckpoint());

        assertThat(log()).doesNotContain("contradicted").contains("witness.refused");
        assertThat(Witnessed.in(file()).lines()).hasSize(1);
    }

    @Test
    void a_torn_tail_costs_only_what_was_torn() throws IOException {
        witnesses.offered(stated(signer, 7, 'a', NOON));
        witnesses.close();
        Files.write(file(), new byte[] {0, 0, 1, 0, 5}, StandardOpenOption.APPEND);
        witnesses = opened();
        witnesses.offered(stated(signer, 8, 'b', NOON.plusSeconds(1)));

        assertThat(Witnessed.in(file()).lines())
                .extracting(one -> one.checkpoint().number())
                .containsExactly(7L, 8L);
    }

    @Test
    void years_of_them_stay_bounded_and_keep_the_first_each_day_and_every_contradiction() throws IOException {
        long number = 1;
        witnesses.offered(stated(signer, number++, 'a', NOON));
        witnesses.offered(stated(signer, 1, 'f', NOON));
        for (int i = 1; i <= Thinning.MOST + 150; i++) {
            witnesses.offered(
                    stated(signer, number++, 'a', NOON.plus(Duration.ofHours(6).multipliedBy(i))));
        }

        List<Witnessed.Line> lines = Witnessed.in(file()).lines();
        assertThat(lines).hasSizeLessThan(Thinning.MOST);
        assertThat(lines.get(0).checkpoint().number()).isEqualTo(1);
        assertThat(lines).filteredOn(Witnessed.Line::contradicting).hasSize(1);
        assertThat(lines.get(lines.size() - 1).checkpoint().number()).isEqualTo(number - 1);
        assertThat(lines.stream()
                        .map(one -> one.checkpoint().at().truncatedTo(ChronoUnit.DAYS))
                        .distinct())
                .hasSizeGreaterThan(400);
        assertThat(Files.size(file())).isLessThan(1 << 20);
    }

    private Witnesses opened() throws IOException {
        TrustedTime time = new TrustedTime(data.resolve("trusted-time"), clock, audit);
        return new Witnesses(
                file(),
                new Signers(() -> List.of(authority.issuer()), time::now, Signers.AUDIT),
                nanos::get,
                clock,
                audit);
    }

    private Path file() {
        return data.resolve("witness");
    }

    private String log() throws IOException {
        Path file = data.resolve("audit.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Object line(String key) {
        return witnesses.status().stream()
                .filter(line -> line.key().equals(key))
                .map(StatusLine::value)
                .findFirst()
                .orElseThrow();
    }

    private static Signer signer(Authority authority, String usage) {
        return authority.signer(Authority.keyPair("secp256r1"), usage, false, NOON, Duration.ofDays(730));
    }

    private SignedCheckpoint stated(Signer by, long number, char hash, Instant at) {
        byte[] statement = statement(by, number, hash, at);
        SignedCheckpoint checkpoint = new SignedCheckpoint();
        checkpoint.setStatement(statement);
        checkpoint.setSignature(by.signature(statement));
        checkpoint.getCertificate().add(by.der());
        checkpoint.getCertificate().add(new byte[] {1});
        return checkpoint;
    }

    private static byte[] statement(Signer by, long number, char hash, Instant at) {
        return ("fairlead audit checkpoint 1\nnumber " + number + "\nhash "
                        + String.valueOf(hash).repeat(64) + "\ntime " + MICROS.format(at) + "\nkey " + by.keyId()
                        + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
