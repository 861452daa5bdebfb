package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryWatchTest {
    private static final String EPOCH = "0123456789abcdef0123456789abcdef";

    private final TestClock clock = new TestClock(Instant.now());
    private final List<Map<String, ExpiryListener.Ending>> told = new ArrayList<>();

    @TempDir
    Path folder;

    private TestDatabase postgres;
    private Database database;
    private Authority authority;
    private DeviceCertificates certificates;
    private OwnCertificates own;

    @BeforeEach
    void open() {
        postgres = TestDatabase.start();
        database = postgres.database();
        DataFolder data = new DataFolder(folder.resolve("data"));
        authority = Authority.open(data, clock, new SecureRandom());
        certificates = new DeviceCertificates(database, authority, new Audit(database), clock);
        own = new OwnCertificates(authority, data, clock);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private ExpiryWatch node(List<X509Certificate> listeners) {
        return new ExpiryWatch(
                database,
                authority,
                () -> listeners,
                ending -> {
                    told.add(ending);
                    return Future.succeededFuture();
                },
                new Audit(database),
                (delay, call) -> () -> {},
                clock);
    }

    private void enrolled(String device) throws Exception {
        CertificateRequest request = CertificateRequest.parse(TestRequests.plain(TestRequests.p256()));
        X509Certificate made =
                await(database.inTransaction(connection -> certificates.enrol(connection, device, EPOCH, request)));
        assertThat(made).isNotNull();
    }

    private String audited() {
        return postgres.value("SELECT coalesce(string_agg(subject || ' ' || substr(detail, 1, 7), ',' ORDER BY id), '')"
                + " FROM audit_entry WHERE code = 'certificate.expiring'");
    }

    @Test
    void a_device_that_does_not_renew_is_named_once_for_each_threshold_over_all_nodes() throws Exception {
        ExpiryWatch one = node(List.of());
        ExpiryWatch two = node(List.of());
        enrolled("analyser-1");
        clock.advance(Duration.ofDays(61));
        // It is due to be renewed, and its agent may be at it.
        await(one.look());
        assertThat(told.get(0)).isEmpty();
        assertThat(audited()).isEmpty();

        clock.advance(Duration.ofDays(8));
        await(one.look());
        await(two.look());
        await(one.look());
        assertThat(told.get(3)).containsOnlyKeys("analyser-1");
        assertThat(told.get(3).get("analyser-1").days()).isEqualTo(30);
        assertThat(audited()).isEqualTo("analyser-1 days=30");

        clock.advance(Duration.ofDays(15));
        await(two.look());
        clock.advance(Duration.ofDays(5));
        await(one.look());
        assertThat(audited()).isEqualTo("analyser-1 days=30,analyser-1 days=7 ,analyser-1 days=1 ");
        clock.advance(Duration.ofDays(2));
        await(one.look());
        assertThat(told.get(told.size() - 1).get("analyser-1").text()).contains("needs a new enrolment code");
        assertThat(audited()).isEqualTo("analyser-1 days=30,analyser-1 days=7 ,analyser-1 days=1 ");

        // A new certificate, and nothing is said any longer.
        enrolled("analyser-1");
        await(one.look());
        assertThat(told.get(told.size() - 1)).isEmpty();
    }

    @Test
    void authorities_and_listeners_are_named_as_well() throws Exception {
        X509Certificate listener = own.server("agents", Set.of("localhost")).leaf();
        clock.advance(Duration.ofDays(84));
        await(node(List.of(listener)).look());
        assertThat(audited()).isEqualTo(" days=7 ");

        clock.advance(Duration.ofDays(10 * 365 - 84 - 20));
        await(node(List.of()).look());
        assertThat(postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'certificate.expiring'"
                        + " AND detail LIKE 'days=30%Fairlead %'"))
                .isEqualTo("3");
    }
}
