package io.fairlead.enterprise.fleet;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.CertificateRequest;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.identity.Holds;
import io.fairlead.enterprise.identity.Peer;
import io.fairlead.enterprise.identity.Renewals;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polls lock a device's contact and then its enrolment; whoever did it the other way round could wait for them for ever. */
class LockOrderTest {
    private static final DeviceId DEVICE = new DeviceId("twin");
    private static final NewDevice NEW = new NewDevice(DEVICE, "St. Mary", "Basel", "EU", "Analyser 3", "S-1");

    @TempDir
    Path folder;

    private TestFleet fleet;
    private DeviceCertificates certificates;
    private Enrolments enrolments;
    private EnrolmentCodes codes;
    private Renewals renewals;

    @BeforeEach
    void open() {
        Clock clock = Clock.systemUTC();
        fleet = new TestFleet(clock);
        Authority authority = Authority.open(new DataFolder(folder.resolve("data")), clock, new SecureRandom());
        certificates = new DeviceCertificates(fleet.database, authority, fleet.audit, clock);
        codes = new EnrolmentCodes(
                fleet.database,
                authority,
                certificates,
                fleet.devices,
                fleet.audit,
                new EnrolmentCodes.AgentsAddress("localhost", 8444),
                Ids.random(),
                clock,
                new SecureRandom());
        enrolments = new Enrolments(fleet.database, fleet.devices, codes);
        renewals = new Renewals(fleet.database, authority, certificates, fleet.clones, fleet.audit, clock);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private static CertificateRequest request() throws Exception {
        return CertificateRequest.parse(TestRequests.plain(TestRequests.p256()));
    }

    private Future<X509Certificate> redeemed(EnrolmentString string) throws Exception {
        return codes.redeem(string.codeId(), string.secret(), request(), "192.0.2.7");
    }

    /** Begins a poll, and what is done beside it; the poll goes on when that waits for a lock, or is done. */
    private <T> Future<T> duringAPoll(Supplier<Future<T>> other) {
        Promise<Void> begun = Promise.promise();
        Promise<Void> onwards = Promise.promise();
        Future<Void> poll = fleet.database.inTransaction(connection -> new ContactStore()
                .hold(connection, DEVICE)
                .compose(held -> {
                    begun.complete();
                    return onwards.future();
                })
                .compose(go -> new Holds().release(connection, DEVICE.value())));
        Void locked = await(begun.future());
        assertThat(locked).isNull();
        Future<T> beside = other.get();
        while (fleet.count("pg_locks WHERE NOT granted") == 0 && !beside.isComplete()) {
            TestFleet.breathe();
        }
        onwards.complete();
        Void committed = await(poll);
        assertThat(committed).isNull();
        return beside;
    }

    @Test
    void a_renewal_that_raises_the_alarm_and_a_new_enrolment_go_through_while_a_poll_of_the_device_goes_on()
            throws Exception {
        X509Certificate old = await(redeemed(await(enrolments.start(ANNA, NEW, false))));
        X509Certificate next = await(renewals.renew(List.of(old), request(), "192.0.2.7"));
        CertificateRequest second = request();

        assertThat(TestFleet.refused(duringAPoll(() -> renewals.renew(List.of(old), second, "192.0.2.8"))))
                .isEqualTo(Fault.IDENTITY_HELD);
        assertThat(TestFleet.refused(certificates.judge(Peer.showing(next)))).isEqualTo(Fault.IDENTITY_HELD);

        EnrolmentString string = await(enrolments.start(ANNA, NEW, true));
        CertificateRequest anew = request();
        X509Certificate fresh =
                await(duringAPoll(() -> codes.redeem(string.codeId(), string.secret(), anew, "192.0.2.7")));
        assertThat(await(certificates.judge(Peer.showing(fresh))).device()).isEqualTo("twin");
    }

    @Test
    void a_new_code_of_an_identity_that_two_held_has_to_be_meant() throws Exception {
        X509Certificate first = await(redeemed(await(enrolments.start(ANNA, NEW, false))));
        assertThat(first.getSubjectX500Principal().getName()).isEqualTo("CN=twin");
        String token = await(fleet.polled(poll(null))).token();
        String mine = await(fleet.polled(poll(token))).token();
        String yours = await(fleet.polled(poll(token))).token();
        String kept = await(fleet.polled(poll(mine))).token();
        assertThat(TestFleet.refused(fleet.polled(poll(yours)))).isEqualTo(Fault.IDENTITY_HELD);

        assertThat(TestFleet.refused(enrolments.start(ANNA, NEW, false))).isEqualTo(Fault.CONFLICT);
        Void decided = await(fleet.clones.keep(ANNA, DEVICE, 1, "the one in the lab"));
        assertThat(decided).isNull();
        assertThat(TestFleet.refused(enrolments.start(ANNA, DEVICE, false))).isEqualTo(Fault.CONFLICT);
        assertThat(await(fleet.polled(poll(kept))).certain()).isTrue();

        X509Certificate again = await(redeemed(await(enrolments.start(ANNA, DEVICE, true))));
        assertThat(again.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        // With the new enrolment there is one again.
        assertThat(await(enrolments.start(ANNA, DEVICE, false)).format()).startsWith("fairlead:1:");
    }

    private static Polled poll(String token) {
        return new Polled(DEVICE, token, 0, "1.0", "10.0.0.1", TestFleet.hex(3));
    }
}
