package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A status service on a database of its own. */
final class TestStatus implements AutoCloseable {
    final TestFleet fleet;
    final Instructions instructions;
    final StatusService service;
    final Retention retention;

    TestStatus(Clock clock, StatusSettings settings) {
        fleet = new TestFleet(clock);
        instructions = new Instructions(
                fleet.database,
                fleet.devices,
                fleet.rights,
                bytes -> new SignedBytes(bytes, new byte[] {1}, TestFleet.hex(7), new byte[] {2}),
                new Documents(XmlReaders.ofJdk()),
                fleet.audit,
                clock);
        Timers timers = Timers.of(fleet.vertx);
        service = new StatusService(
                fleet.vertx.getOrCreateContext(),
                fleet.database,
                fleet.devices,
                fleet.contacts,
                instructions,
                timers,
                clock,
                settings,
                fleet.metrics);
        retention = new Retention(fleet.database, fleet.audit, timers, clock, settings.days());
        Void unused = await(retention.start());
    }

    /** A message with one number. */
    static Parsed.Fit number(long sequence, Instant observedAt, String item, double value) {
        return message(sequence, observedAt, DataItem.ofNumber(item, value, "h"));
    }

    static Parsed.Fit message(long sequence, Instant observedAt, DataItem... items) {
        return new Parsed.Fit(new StatusMessage(sequence, observedAt, List.of(items), List.of(), List.of(), List.of()));
    }

    /** Messages with one number each, observed when they are sent. */
    static Report report(DeviceId device, String epoch, Instant now, long... sequences) {
        List<Parsed> messages = new ArrayList<>();
        for (long sequence : sequences) {
            messages.add(number(sequence, now, "lamp.hours", sequence));
        }
        return new Report(device, epoch, null, now, 0, messages);
    }

    ReportAnswer report(Report report) {
        return await(service.report(report));
    }

    @Override
    public void close() {
        retention.stop();
        Void unused = await(service.stop());
        fleet.close();
    }
}
