package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.device.Device;
import io.fairlead.contract.integration.device.DeviceCriteria;
import io.fairlead.contract.integration.device.DeviceHealth;
import io.fairlead.contract.integration.device.DeviceList;
import io.fairlead.contract.integration.device.DevicePage;
import io.fairlead.contract.integration.device.DeviceSort;
import io.fairlead.contract.integration.device.DeviceUpdate;
import io.fairlead.contract.integration.device.NewDevice;
import io.fairlead.enterprise.fleet.DeviceChange;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.roster.DeviceState;
import io.fairlead.enterprise.roster.Health;
import io.fairlead.enterprise.roster.RosterFilter;
import io.fairlead.enterprise.roster.RosterPage;
import io.fairlead.enterprise.roster.RosterRow;
import io.fairlead.enterprise.roster.RosterSort;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The contract's words for devices, and ours. */
final class DeviceWords {
    private DeviceWords() {}

    static RosterFilter filter(DeviceCriteria wanted) {
        return new RosterFilter(
                Objects.requireNonNullElse(wanted.getText(), ""),
                wanted.getCustomer(),
                wanted.getSite(),
                wanted.getRegion(),
                wanted.getModel(),
                wanted.getAlarmCode(),
                wanted.getGroup(),
                wanted.getState().stream()
                        .map(state -> DeviceState.ofKey(state.value()).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()),
                wanted.getHealth().stream()
                        .map(health -> Health.ofKey(health.value()).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    static RosterSort sort(@Nullable DeviceSort by) {
        if (by == null) {
            return RosterSort.ID;
        }
        return switch (by) {
            case ID -> RosterSort.ID;
            case CUSTOMER -> RosterSort.CUSTOMER;
            case MODEL -> RosterSort.MODEL;
            case STATE -> RosterSort.STATE;
            case LAST_CONTACT -> RosterSort.CONTACT;
            case HEALTH -> RosterSort.HEALTH;
        };
    }

    static DevicePage page(RosterPage found, int size) {
        DeviceList list = new DeviceList();
        found.rows().forEach(row -> list.getDevice().add(device(row)));
        DevicePage page = new DevicePage();
        page.setTotalCount(found.counts().total());
        page.setPageNumber(found.page());
        page.setPageSize(size);
        page.setDevices(list);
        return page;
    }

    static Device device(RosterRow row) {
        Device device = new Device();
        device.setId(row.id().value());
        device.setCustomer(row.customer());
        device.setSite(row.site());
        device.setRegion(row.region());
        device.setModel(row.model());
        device.setSerialNumber(row.serial());
        device.setState(io.fairlead.contract.integration.device.DeviceState.fromValue(
                row.state().key()));
        device.setMuted(row.muted());
        device.setEnrolled(row.enrolled());
        device.setHealth(DeviceHealth.fromValue(row.health().key()));
        device.setOpenAlarms(row.alarms());
        device.setAlarmCode(row.alarmCode());
        device.setAlarmText(row.alarmText());
        device.setWaitingInstructions(row.waiting());
        device.setLastContact(row.last());
        device.setAddress(row.address());
        device.setAgentVersion(row.agentVersion());
        device.setCreatedAt(row.createdAt());
        device.setStolenSince(row.stolenSince());
        device.setRetiredAt(row.retiredAt());
        device.setVersion(row.version());
        return device;
    }

    static io.fairlead.enterprise.fleet.NewDevice wanted(NewDevice device) {
        return new io.fairlead.enterprise.fleet.NewDevice(
                new DeviceId(device.getId()),
                device.getCustomer(),
                device.getSite(),
                device.getRegion(),
                device.getModel(),
                device.getSerialNumber());
    }

    static DeviceChange change(DeviceUpdate update) {
        return new DeviceChange(
                update.getCustomer(),
                update.getSite(),
                update.getRegion(),
                update.getModel(),
                update.getSerialNumber());
    }
}
