package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.common.ExecutionResult;
import io.fairlead.contract.integration.device.Create;
import io.fairlead.contract.integration.device.CreateResponse;
import io.fairlead.contract.integration.device.DeviceCriteria;
import io.fairlead.contract.integration.device.DeviceService;
import io.fairlead.contract.integration.device.DeviceUpdate;
import io.fairlead.contract.integration.device.Find;
import io.fairlead.contract.integration.device.FindById;
import io.fairlead.contract.integration.device.FindByIdResponse;
import io.fairlead.contract.integration.device.FindResponse;
import io.fairlead.contract.integration.device.NewDevice;
import io.fairlead.contract.integration.device.Retire;
import io.fairlead.contract.integration.device.RetireResponse;
import io.fairlead.contract.integration.device.Retirement;
import io.fairlead.contract.integration.device.Unretire;
import io.fairlead.contract.integration.device.UnretireResponse;
import io.fairlead.contract.integration.device.Update;
import io.fairlead.contract.integration.device.UpdateResponse;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.roster.RosterQuery;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.List;

/** DeviceService: the registry. What devices have in common is in {@link DeviceNames}, sets of them in {@link DeviceGroups}. */
public final class DeviceOperations implements IntegrationService {
    private final Roster roster;
    private final Devices devices;
    private final Standings standings;
    private final DeviceNames names;
    private final DeviceGroups groups;

    public DeviceOperations(Roster roster, Devices devices, Standings standings, Groups groups) {
        this.roster = roster;
        this.devices = devices;
        this.standings = standings;
        this.names = new DeviceNames(devices, roster);
        this.groups = new DeviceGroups(devices, groups);
    }

    @Override
    public Class<DeviceService> contract() {
        return DeviceService.class;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(Find.class, this::find);
        operations.answer(FindById.class, this::findById);
        operations.answer(Create.class, this::create);
        operations.answer(Update.class, this::update);
        operations.answer(Retire.class, this::retire);
        operations.answer(Unretire.class, this::unretire);
        names.answer(operations);
        groups.answer(operations);
    }

    private Future<FindResponse> find(Caller caller, Find request) {
        DeviceCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        RosterQuery query = new RosterQuery(
                DeviceWords.filter(wanted),
                DeviceWords.sort(wanted.getSortPropertyName()),
                !paging.ascending(),
                paging.number(),
                paging.size());
        return devices.mustView(caller.actor(), Action.SEE_DEVICE)
                .compose(may -> roster.search(caller.actor(), query))
                .map(page -> {
                    FindResponse response = new FindResponse();
                    response.setPage(DeviceWords.page(page, paging.size()));
                    return response;
                });
    }

    private Future<FindByIdResponse> findById(Caller caller, FindById request) {
        DeviceId id = new DeviceId(request.getId());
        return roster.lines(caller.actor(), List.of(id)).map(rows -> {
            if (rows.isEmpty()) {
                throw new Refusal(Fault.UNKNOWN_DEVICE, "device=" + id);
            }
            FindByIdResponse response = new FindByIdResponse();
            response.setDevice(DeviceWords.device(rows.get(0)));
            return response;
        });
    }

    private Future<CreateResponse> create(Caller caller, Create request) {
        return Bulk.run(
                        caller,
                        request.getDevice(),
                        NewDevice::getRef,
                        each -> devices.register(caller.actor(), DeviceWords.wanted(each))
                                .map(DeviceOperations::done))
                .map(result -> {
                    CreateResponse response = new CreateResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<UpdateResponse> update(Caller caller, Update request) {
        return Bulk.run(
                        caller,
                        request.getDevice(),
                        DeviceUpdate::getRef,
                        each -> devices.change(
                                        caller.actor(),
                                        new DeviceId(each.getId()),
                                        each.getVersion(),
                                        DeviceWords.change(each))
                                .map(DeviceOperations::done))
                .map(result -> {
                    UpdateResponse response = new UpdateResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<RetireResponse> retire(Caller caller, Retire request) {
        Future<ExecutionResult> all = Bulk.run(
                caller,
                request.getDevice(),
                Retirement::getRef,
                each -> standings
                        .retire(caller.actor(), new DeviceId(each.getId()), each.getVersion(), request.getReason())
                        .map(DeviceOperations::done));
        return all.map(result -> {
            RetireResponse response = new RetireResponse();
            response.setResult(result);
            return response;
        });
    }

    private Future<UnretireResponse> unretire(Caller caller, Unretire request) {
        Future<ExecutionResult> all = Bulk.run(
                caller,
                request.getDevice(),
                Retirement::getRef,
                each -> standings
                        .unretire(caller.actor(), new DeviceId(each.getId()), each.getVersion(), request.getReason())
                        .map(DeviceOperations::done));
        return all.map(result -> {
            UnretireResponse response = new UnretireResponse();
            response.setResult(result);
            return response;
        });
    }

    private static Bulk.Done done(Device device) {
        return new Bulk.Done(device.id().value(), device.version());
    }
}
