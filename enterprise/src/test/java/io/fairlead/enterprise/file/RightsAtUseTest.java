package io.fairlead.enterprise.file;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.audit.AuditFilter;
import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.instruction.Act;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.SignedOrder;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.people.Widening;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights hold when something is used, not only when it was made; what one may not see is not there. */
class RightsAtUseTest {
    private static final Actor EMIL = Actor.person("emil", true);
    private static final Actor ULLA = Actor.person("ulla", true);
    private static final String EPOCH = TestFleet.hex(1);

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));

    @TempDir
    Path folder;

    private TestFleet fleet;
    private TestFiles files;
    private DeviceId lab;
    private DeviceId elsewhere;

    @BeforeEach
    void open() {
        fleet = new TestFleet(clock);
        files = new TestFiles(fleet, folder, Timers.of(fleet.vertx));
        lab = fleet.enrolled("LAB-1", EPOCH);
        elsewhere = new DeviceId("LAB-2");
        done(fleet.devices.register(ANNA, new NewDevice(elsewhere, "Other", "Basel", "EU", "Analyser 3", "S-2")));
        fleet.enrol(elsewhere, EPOCH);
        done(fleet.people.add(ANNA, new NewPerson("emil", "Emil Berg", "Example Service", null)));
        done(fleet.people.add(ANNA, new NewPerson("ulla", "Ulla Lind", "St. Mary", "St. Mary")));
        done(fleet.grants.widen(ANNA, new Widening.OfRole("emil", Role.SERVICE_ENGINEER, Scope.PLATFORM, null)));
        done(fleet.grants.widen(
                ANNA, new Widening.OfRole("ulla", Role.CUSTOMER_USER, new Scope(null, "St. Mary", null), null)));
        done(fleet.grants.widen(
                ANNA,
                new Widening.OfTraining("emil", "Analyser 3", clock.instant().plusSeconds(300), "course")));
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void a_link_opens_nothing_once_its_maker_may_no_longer_read_the_file() {
        TransferId file = files.uploaded(lab, "app.log", new byte[100]);
        DownloadLinks.Link good = await(files.links.make(EMIL, file));
        DownloadLinks.Link late = await(files.links.make(EMIL, file));
        assertThat(await(files.links.use(good.token(), "192.0.2.1")).id()).isEqualTo(file);
        clock.advance(Duration.ofSeconds(300));
        assertThat(refused(files.links.use(late.token(), "192.0.2.1"))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(files.links.make(EMIL, file)))
                .as("he sees no such device now")
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void a_file_on_its_way_in_is_its_bringers_alone() {
        String staged = await(files.staging.begin(EMIL, lab, 1));
        assertThat(refused(call(() -> files.staging.add(ANNA, staged, 0, new byte[1], true))))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(await(files.staging.add(EMIL, staged, 0, new byte[1], true))).isEqualTo(1);
    }

    @Test
    void an_order_names_who_wants_it_in_words() {
        done(files.instructions.create(EMIL, lab, new Act.Collect(), Instructions.VALIDITY));
        SignedOrder order = await(files.instructions.waiting(lab, 0, 1)).get(0);
        assertThat(new String(order.order(), StandardCharsets.UTF_8))
                .contains("by=\"Emil Berg (emil), Example Service\"");
    }

    @Test
    void a_device_out_of_view_is_refused_in_the_very_words_of_one_that_does_not_exist() {
        assertThat(words(files.instructions.list(ULLA, elsewhere, 1)))
                .isEqualTo(words(files.instructions.list(ULLA, new DeviceId("LAB-9"), 1))
                        .replace("LAB-9", elsewhere.value()));
        TransferId theirs = files.upload(elsewhere);
        TransferId nobodys = new TransferId("0".repeat(32));
        assertThat(words(files.transfers.get(ULLA, theirs)))
                .isEqualTo(words(files.transfers.get(ULLA, nobodys)).replace(nobodys.value(), theirs.value()));
        assertThat(await(files.transfers.list(ULLA, null, 10))).isEmpty();
        assertThat(refused(files.instructions.create(ULLA, lab, new Act.Collect(), Instructions.VALIDITY)))
                .isEqualTo(Fault.FORBIDDEN);
    }

    @Test
    void the_audit_shows_each_what_was_done_to_the_devices_of_his_view() {
        DeviceRecords records = new DeviceRecords(fleet.audit, fleet.rights, fleet.devices);
        assertThat(await(records.list(ULLA, 100)))
                .isNotEmpty()
                .extracting(AuditRow::subject)
                .containsOnly("LAB-1");
        assertThat(await(records.list(ANNA, 100))).extracting(AuditRow::subject).contains("LAB-2", "person:emil");
        assertThat(refused(records.list(ULLA, 10, elsewhere))).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(refused(records.list(ULLA, AuditFilter.all().subject("LAB-2"), 10)))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(refused(records.list(Actor.person("nobody", true), 10))).isEqualTo(Fault.FORBIDDEN);
    }

    private static String words(Future<?> future) {
        return await(future.transform(result -> Future.succeededFuture(
                String.valueOf(result.cause() == null ? "-" : result.cause().getMessage()))));
    }

    private static Future<?> call(Supplier<Future<?>> supplier) {
        try {
            return supplier.get();
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static void done(Future<?> future) {
        Object unused = await(future);
    }
}
