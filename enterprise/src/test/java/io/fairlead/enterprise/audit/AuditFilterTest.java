package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditFilterTest {
    private static TestDatabase postgres;
    private static Audit audit;
    private static Instant between;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.start();
        audit = new Audit(postgres.database());
        write("os:anna", AuditCode.DEVICE_MUTED, "LAB-1", "reason=\"100 % \\ sure\"");
        write("os:anna", AuditCode.DEVICE_UNMUTED, "LAB-1", "");
        write("os:bert", AuditCode.DEVICE_MUTED, "LAB-2", "reason=Umbau");
        between = Instant.parse(postgres.value("SELECT to_char(max(at) AT TIME ZONE 'UTC' + interval '1 microsecond',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM audit_entry"));
        write("os:bert", AuditCode.DEVICE_STOLEN, "LAB-3", "");
        write("server", AuditCode.SERVER_STARTED, "", "LAB-1");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void each_part_of_a_filter_narrows_it() {
        AuditFilter all = AuditFilter.all();
        assertThat(ids(all)).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(ids(all.by("os:bert"))).containsExactly(4L, 3L);
        assertThat(ids(all.codes(Set.of("device.muted", "device.stolen")))).containsExactly(4L, 3L, 1L);
        assertThat(ids(all.subjects(Set.of("LAB-1", "LAB-2")))).containsExactly(3L, 2L, 1L);
        assertThat(ids(all.from(between))).containsExactly(5L, 4L);
        assertThat(ids(all.to(between))).containsExactly(3L, 2L, 1L);
        assertThat(ids(all.text("lab-1"))).containsExactly(5L, 2L, 1L);
        assertThat(ids(all.text("0 % \\ s"))).containsExactly(1L);
        assertThat(ids(all.text("0_%"))).isEmpty();
        assertThat(ids(all.by("os:bert").text("umbau").to(between))).containsExactly(3L);
    }

    @Test
    void who_may_see_no_device_sees_nothing() {
        assertThat(ids(AuditFilter.all().subjects(Set.of()))).isEmpty();
    }

    @Test
    void text_is_never_a_statement() {
        String hostile = "'; DELETE FROM audit_entry; --";
        assertThat(ids(new AuditFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(hostile),
                        Set.of(hostile),
                        Optional.of(Set.of(hostile)),
                        Optional.of(hostile),
                        Optional.empty())))
                .isEmpty();
        assertThat(ids(AuditFilter.all())).hasSize(5);
    }

    @Test
    void pages_follow_one_another_by_the_last_id() {
        List<Long> seen = new ArrayList<>();
        AuditFilter filter = AuditFilter.all();
        for (List<AuditRow> page = await(audit.list(filter, 2)); !page.isEmpty(); page = await(audit.list(filter, 2))) {
            page.forEach(row -> seen.add(row.id()));
            filter = filter.before(page.get(page.size() - 1).id());
        }
        assertThat(seen).containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    private static List<Long> ids(AuditFilter filter) {
        return await(audit.list(filter, 100)).stream().map(AuditRow::id).toList();
    }

    private static void write(String actor, AuditCode code, String subject, String detail) {
        await(audit.record(new AuditEntry(actor, code, subject, detail)));
    }
}
