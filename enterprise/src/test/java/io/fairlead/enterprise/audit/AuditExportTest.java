package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditExportTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.000001Z");
    private static final int ROWS = 1_203;

    @TempDir
    static Path folder;

    private static TestSeal rig;
    private static AuditExport export;

    @BeforeAll
    static void seal() {
        rig = new TestSeal(folder);
        rig.record(ROWS);
        assertThat(await(rig.sealer().seal())).isPositive();
        export = new AuditExport(rig.database);
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    @Test
    void everything_leaves_in_order_and_no_faster_than_it_is_taken() {
        Slow out = new Slow();
        assertThat(await(export.write(AuditFilter.all(), AuditFormat.JSON, out)))
                .isEqualTo(ROWS);

        assertThat(out.mostAtOnce).isLessThan(400 * AuditExport.PAGE);
        List<JsonObject> rows = out.text.toString().lines().map(JsonObject::new).toList();
        assertThat(rows).extracting(row -> row.getLong("id")).isSorted().hasSize(ROWS);
    }

    @Test
    void an_exported_chain_can_be_hashed_again_by_its_documented_form() {
        byte[] hash = ChainRow.beginning();
        Slow out = new Slow();
        assertThat(await(export.write(AuditFilter.all(), AuditFormat.JSON, out)))
                .isEqualTo(ROWS);
        for (String line : out.text.toString().lines().toList()) {
            JsonObject row = new JsonObject(line);
            hash = new ChainRow(
                            row.getLong("number"),
                            row.getLong("id"),
                            row.getString("at"),
                            row.getString("actor"),
                            row.getString("code"),
                            row.getString("subject"),
                            row.getString("detail"))
                    .hash(hash);
            assertThat(row.getString("hash")).isEqualTo(HexFormat.of().formatHex(hash));
        }
        assertThat(rig.witness().checkpoint().hash()).isEqualTo(HexFormat.of().formatHex(hash));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "  =cmd|' /C calc'!A0",
                "\u00a0=1",
                "＝1",
                "'quoted",
                "=\"a\",\"b\"\n=2"
            })
    void a_field_that_a_spreadsheet_would_run_gets_an_apostrophe(String text) {
        String line = AuditFormat.CSV.line(row("os:root", text));
        assertThat(line)
                .endsWith(",\"'" + text.replace("\"", "\"\"") + "\",\"\"")
                .doesNotContain(",\"" + text);
    }

    @Test
    void harmless_fields_stay_as_they_are() {
        assertThat(AuditFormat.CSV.line(row("os:root", "reason=\"a, b\" 1-1=0")))
                .isEqualTo("\"7\",\"9\",\"2026-11-21T12:00:00.000001Z\",\"os:root\",\"device.muted\",\"LAB-7\","
                        + "\"reason=\"\"a, b\"\" 1-1=0\",\"\"");
    }

    @ParameterizedTest
    @CsvSource({"Grüße,﻿Grüße", "plain,plain"})
    void a_syslog_message_is_of_rfc_5424(String detail, String message) {
        String line = new SyslogLine("fl-1.example").of(row("os:a\"b\\c]d", detail));
        assertThat(line)
                .isEqualTo("<109>1 2026-11-21T12:00:00.000001Z fl-1.example fairlead - device.muted [audit@32473"
                        + " number=\"7\" id=\"9\" actor=\"os:a\\\"b\\\\c\\]d\" code=\"device.muted\" subject=\"LAB-7\"] "
                        + message);
    }

    @Test
    void a_checkpoint_in_the_syslog_carries_a_line_of_a_witness_file() throws Exception {
        SignedCheckpoint witness = rig.witness();
        String line = new SyslogLine("-").of(witness);

        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(8_192);
        Path file = folder.resolve("from-syslog.witness");
        Files.writeString(file, line.substring(line.indexOf("] {") + 2) + "\n");
        List<SignedCheckpoint> read = new WitnessFile(file).read();
        assertThat(read).hasSize(1);
        assertThat(rig.anchors.fault(read.get(0))).isEmpty();
        assertThat(rig.verify(read.get(0)).witnesses()).isEqualTo(1);
    }

    private static ExportRow row(String actor, String detail) {
        return new ExportRow(
                new AuditRow(9, NOON, actor, "device.muted", "LAB-7", detail, Optional.of(7L)), Optional.empty());
    }

    /** Takes one buffer at a time, each a turn of the event loop later. */
    private static final class Slow implements WriteStream<Buffer> {
        private final StringBuilder text = new StringBuilder();
        private int waiting;
        private int mostAtOnce;

        @Override
        public Future<Void> write(Buffer data) {
            Promise<Void> taken = Promise.promise();
            waiting += data.length();
            mostAtOnce = Math.max(mostAtOnce, waiting);
            var unusedTimer = rig.vertx.setTimer(5, fired -> {
                text.append(data.toString(StandardCharsets.UTF_8));
                waiting -= data.length();
                taken.complete();
            });
            return taken.future();
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            return this;
        }
    }
}
