package io.fairlead.enterprise.instruction;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Instructions on a database of their own, and as many mailboxes as a test wants. */
final class TestInstructions implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String ENROLMENT = TestFleet.hex(0xa1);
    static final String KEY = TestFleet.hex(7);

    final MovingClock clock = new MovingClock(NOW);
    final TestFleet fleet = new TestFleet(clock);
    final Documents documents = new Documents(XmlReaders.ofJdk());
    final Instructions instructions = new Instructions(
            fleet.database,
            fleet.devices,
            fleet.rights,
            bytes -> new SignedBytes(bytes, new byte[] {1, 2}, KEY, new byte[] {3, 4}),
            documents,
            fleet.audit,
            clock);
    private final List<Notifications> listening = new ArrayList<>();

    Polls polls(Mailbox mailbox) {
        return new Polls(fleet.vertx.getOrCreateContext(), fleet.database, fleet.contacts, instructions, mailbox);
    }

    /** A mailbox with a LISTEN connection of its own, as another process would have. */
    Mailbox mailbox(Timers timers) {
        Notifications notifications =
                new Notifications(fleet.vertx, fleet.postgres.appConnection(), Timers.of(fleet.vertx));
        Mailbox mailbox = new Mailbox(
                fleet.vertx.getOrCreateContext(), instructions, notifications, timers, new SimpleMeterRegistry());
        Void unused = await(notifications.start());
        listening.add(notifications);
        return mailbox;
    }

    /** What people say of devices, with an authority whose keys lie in a folder. */
    Standings standings(Path folder) throws IOException {
        Authority authority = Authority.open(new DataFolder(folder), clock, new SecureRandom());
        DeviceCertificates certificates = new DeviceCertificates(fleet.database, authority, fleet.audit, clock);
        EnrolmentCodes codes = new EnrolmentCodes(
                fleet.database,
                authority,
                certificates,
                fleet.devices,
                fleet.audit,
                new EnrolmentCodes.AgentsAddress("localhost", 8444),
                Ids.random(),
                clock,
                new SecureRandom());
        return new Standings(
                fleet.database, fleet.devices, certificates, codes, fleet.audit, clock, List.of(instructions));
    }

    DeviceId device(String id) {
        return fleet.enrolled(id, ENROLMENT);
    }

    long collect(DeviceId device) {
        return await(instructions.create(ANNA, device, new Act.Collect(), Instructions.VALIDITY));
    }

    @Override
    public void close() {
        for (Notifications notifications : listening) {
            Void unused = await(notifications.close());
        }
        fleet.close();
    }
}
