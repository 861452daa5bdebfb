package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.file.DownloadLinks;
import io.fairlead.enterprise.file.Staging;
import io.fairlead.enterprise.file.Transfers;
import io.fairlead.enterprise.fleet.Clones;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Enrolments;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.identity.RollOver;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.StatusService;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Every command of the command line, and the feature that it calls. */
public final class OperatorCommands {
    private final FleetCommands fleet;
    private final PeopleCommands people;
    private final RightsCommands rights;
    private final CloneCommands clone;
    private final StandingCommands standing;
    private final GroupCommands group;
    private final EnrolmentCommands enrolment;
    private final InstructionCommands instruction;
    private final RecordCommands records;
    private final AlarmCommands alarm;
    private final AuditCommands audit;
    private final TransferCommands transfer;
    private final AuthorityCommands authority;

    /** @param peopleUrl the URL of the people's listener, without a path */
    public OperatorCommands(
            Devices devices,
            Clones clones,
            Standings standings,
            Groups groups,
            Enrolments enrolments,
            DeviceRecords deviceRecords,
            Audit audit,
            AuditExport export,
            Seals seals,
            People people,
            Grants grants,
            DeviceViewers viewers,
            RollOver rollOver,
            Instructions instructions,
            StatusService status,
            Alarms alarms,
            Transfers transfers,
            Staging staging,
            DownloadLinks links,
            String peopleUrl,
            Clock clock,
            Timers timers) {
        this.fleet = new FleetCommands(devices, instructions, status);
        this.people = new PeopleCommands(people, grants, viewers);
        this.rights = new RightsCommands(grants);
        this.clone = new CloneCommands(clones);
        this.standing = new StandingCommands(devices, standings);
        this.group = new GroupCommands(groups);
        this.enrolment = new EnrolmentCommands(devices, enrolments, clock);
        this.instruction = new InstructionCommands(instructions, clock, timers);
        this.authority = new AuthorityCommands(rollOver);
        this.alarm = new AlarmCommands(alarms);
        this.records = new RecordCommands(status);
        this.audit = new AuditCommands(deviceRecords, audit, export, seals);
        this.transfer = new TransferCommands(transfers, staging, links, peopleUrl + DownloadRoute.PATH, clock);
    }

    public Commands all() {
        Map<String, Command> all = new HashMap<>();
        all.putAll(fleet.commands());
        all.putAll(people.commands());
        all.putAll(rights.commands());
        all.putAll(clone.commands());
        all.putAll(standing.commands());
        all.putAll(group.commands());
        all.putAll(enrolment.commands());
        all.putAll(instruction.commands());
        all.putAll(records.commands());
        all.putAll(alarm.commands());
        all.putAll(audit.commands());
        all.putAll(transfer.commands());
        all.putAll(authority.commands());
        return new Commands(all);
    }
}
