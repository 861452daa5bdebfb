package io.fairlead.enterprise.app;

import io.fairlead.enterprise.instruction.InstructionSearch;
import io.fairlead.enterprise.integration.AlarmOperations;
import io.fairlead.enterprise.integration.AuditOperations;
import io.fairlead.enterprise.integration.DataOperations;
import io.fairlead.enterprise.integration.DeviceOperations;
import io.fairlead.enterprise.integration.FileOperations;
import io.fairlead.enterprise.integration.InstructionOperations;
import io.fairlead.enterprise.integration.IntegrationLane;
import io.fairlead.enterprise.integration.IntegrationService;
import io.fairlead.enterprise.integration.IntegrationSettings;
import io.fairlead.enterprise.integration.NotificationOperations;
import io.fairlead.enterprise.integration.RefusedDeeds;
import io.fairlead.enterprise.integration.SessionOperations;
import io.fairlead.enterprise.integration.UserOperations;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.people.PeopleSearch;
import io.fairlead.enterprise.remote.SessionSearch;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.status.AlarmSearch;
import io.fairlead.enterprise.status.Events;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.Values;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/** The services for other systems. */
final class IntegrationRoom {
    private IntegrationRoom() {}

    /** @param settings with the address that callers are told */
    static IntegrationLane open(
            Features features,
            Proxies proxies,
            IntegrationSettings settings,
            Database database,
            Blocking blocking,
            Timers timers,
            Clock clock,
            Ids ids,
            MeterRegistry metrics) {
        return new IntegrationLane(
                services(features, database, clock),
                features.accounts().accounts(),
                features.accounts().certified(),
                features.accounts().failedCalls(),
                new RefusedDeeds(features.audit(), clock),
                proxies,
                settings,
                blocking,
                timers,
                clock,
                ids,
                metrics);
    }

    /** One line each. */
    private static List<IntegrationService> services(Features features, Database database, Clock clock) {
        Roster roster = new Roster(database, features.rights(), clock);
        return List.of(
                new DeviceOperations(roster, features.devices(), features.standings(), features.groups()),
                new FileOperations(
                        features.files().transfers(), features.files().staging(), clock),
                new SessionOperations(
                        features.remote().sessions(),
                        features.remote().lists(),
                        new SessionSearch(database, features.devices()),
                        features.recordings()),
                new AuditOperations(features.records(), features.audit(), features.export(), features.verifier()),
                new UserOperations(
                        features.people(),
                        new PeopleSearch(database, features.rights(), clock),
                        features.grants(),
                        clock),
                new DataOperations(new Values(database, features.rights()), new History(database, features.devices())),
                new AlarmOperations(
                        new AlarmSearch(database, features.devices()),
                        features.alarms(),
                        new Events(database, features.devices())),
                new InstructionOperations(
                        features.instructions(), new InstructionSearch(database, features.devices(), clock)),
                new NotificationOperations(features.notifications().subscriptions()));
    }
}
