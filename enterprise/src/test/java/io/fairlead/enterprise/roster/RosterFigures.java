package io.fairlead.enterprise.roster;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Figures of the list over 10,000 devices, for people; nothing is asserted of time. */
class RosterFigures {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void times_of_ten_thousand_devices() {
        try (TestFleet fleet = new TestFleet(new MovingClock(NOW))) {
            ManyDevices.insert(fleet.postgres, NOW.toString());
            fleet.postgres.execute(
                    "INSERT INTO person (name, display_name, organisation, created_at, created_by) VALUES ('eve','Eve','V',now(),'t')",
                    "INSERT INTO person_grant (person, role, region, model, granted_at, granted_by) SELECT 'eve', 'auditor', 'eu', 'Model ' || chr(65 + n), now(), 't' FROM generate_series(0, 11) n");
            Rights rights = new Rights(fleet.database, fleet.clock);
            Roster roster = new Roster(fleet.database, rights, fleet.clock);
            Actor all = Actor.operatingSystem("root");
            Actor eve = Actor.person("eve", true);
            for (Actor who : new Actor[] {all, eve}) {
                time(who + " first page", () -> roster.search(who, RosterQuery.of(RosterFilter.ALL, 50)));
                time(
                        who + " page 150",
                        () -> roster.search(who, new RosterQuery(RosterFilter.ALL, RosterSort.ID, false, 150, 50)));
                time(
                        who + " by health",
                        () -> roster.search(who, new RosterQuery(RosterFilter.ALL, RosterSort.HEALTH, false, 1, 50)));
                time(who + " search", () -> roster.search(who, RosterQuery.of(words("0123 model"), 50)));
                time(
                        who + " missing",
                        () -> roster.search(who, RosterQuery.of(RosterFilter.of(DeviceState.MISSING), 50)));
                time(
                        who + " alarm",
                        () -> roster.search(
                                who,
                                RosterQuery.of(
                                        new RosterFilter("", null, null, null, null, "E-203", Set.of(), Set.of()),
                                        50)));
                time(who + " choices", () -> roster.choices(who));
                time(who + " overview", () -> roster.overview(who, NOW.minusSeconds(43_200)));
            }
        }
    }

    private static RosterFilter words(String text) {
        return new RosterFilter(text, null, null, null, null, null, Set.of(), Set.of());
    }

    private static void time(String what, Supplier<Future<?>> ask) {
        double[] millis = new double[15];
        for (int i = 0; i < millis.length; i++) {
            long begun = System.nanoTime();
            Object unused = await(ask.get());
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("FIGURE %-28s median %6.1f ms, slowest %6.1f ms%n", what, millis[7], millis[14]);
    }
}
