package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.common.ExecutionResult;
import io.fairlead.contract.integration.device.AddToGroup;
import io.fairlead.contract.integration.device.AddToGroupResponse;
import io.fairlead.contract.integration.device.CreateGroups;
import io.fairlead.contract.integration.device.CreateGroupsResponse;
import io.fairlead.contract.integration.device.DeleteGroups;
import io.fairlead.contract.integration.device.DeleteGroupsResponse;
import io.fairlead.contract.integration.device.FindGroups;
import io.fairlead.contract.integration.device.FindGroupsResponse;
import io.fairlead.contract.integration.device.Group;
import io.fairlead.contract.integration.device.GroupList;
import io.fairlead.contract.integration.device.GroupPage;
import io.fairlead.contract.integration.device.NameCriteria;
import io.fairlead.contract.integration.device.NewGroup;
import io.fairlead.contract.integration.device.RemoveFromGroup;
import io.fairlead.contract.integration.device.RemoveFromGroupResponse;
import io.fairlead.enterprise.fleet.DeviceGroup;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.people.Action;
import io.vertx.core.Future;

/** Sets of devices. */
final class DeviceGroups {
    private final Devices devices;
    private final Groups groups;

    DeviceGroups(Devices devices, Groups groups) {
        this.devices = devices;
        this.groups = groups;
    }

    void answer(Operations operations) {
        operations.answer(FindGroups.class, this::find);
        operations.answer(CreateGroups.class, this::create);
        operations.answer(DeleteGroups.class, this::delete);
        operations.answer(AddToGroup.class, this::add);
        operations.answer(RemoveFromGroup.class, this::remove);
    }

    private Future<FindGroupsResponse> find(Caller caller, FindGroups request) {
        NameCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return devices.mustView(caller.actor(), Action.SEE_DEVICE)
                .compose(may -> groups.list(caller.actor()))
                .map(all -> {
                    Paging.Page<DeviceGroup> found =
                            paging.of(all, one -> one.id() + " " + one.description(), wanted.getText());
                    GroupList list = new GroupList();
                    found.items().forEach(one -> list.getGroup().add(group(one)));
                    GroupPage page = new GroupPage();
                    page.setTotalCount(found.total());
                    page.setPageNumber(found.number());
                    page.setPageSize(paging.size());
                    page.setGroups(list);
                    FindGroupsResponse response = new FindGroupsResponse();
                    response.setPage(page);
                    return response;
                });
    }

    private static Group group(DeviceGroup one) {
        Group group = new Group();
        group.setId(one.id());
        group.setDescription(one.description());
        group.setDeviceCount(one.devices());
        group.setCreatedAt(one.createdAt());
        group.setCreatedBy(one.createdBy());
        return group;
    }

    private Future<CreateGroupsResponse> create(Caller caller, CreateGroups request) {
        Future<ExecutionResult> all = Bulk.run(
                caller,
                request.getGroup(),
                NewGroup::getRef,
                each -> groups.make(caller.actor(), each.getId(), each.getDescription())
                        .map(made -> new Bulk.Done(each.getId(), null)));
        return all.map(result -> {
            CreateGroupsResponse response = new CreateGroupsResponse();
            response.setResult(result);
            return response;
        });
    }

    private Future<DeleteGroupsResponse> delete(Caller caller, DeleteGroups request) {
        Future<ExecutionResult> all = Bulk.run(
                caller,
                request.getId(),
                each -> null,
                each -> groups.delete(caller.actor(), each).map(gone -> new Bulk.Done(each, null)));
        return all.map(result -> {
            DeleteGroupsResponse response = new DeleteGroupsResponse();
            response.setResult(result);
            return response;
        });
    }

    private Future<AddToGroupResponse> add(Caller caller, AddToGroup request) {
        Future<ExecutionResult> all = Bulk.run(
                caller,
                request.getDevice(),
                each -> null,
                each -> groups.add(caller.actor(), request.getGroup(), new DeviceId(each))
                        .map(in -> new Bulk.Done(each, null)));
        return all.map(result -> {
            AddToGroupResponse response = new AddToGroupResponse();
            response.setResult(result);
            return response;
        });
    }

    private Future<RemoveFromGroupResponse> remove(Caller caller, RemoveFromGroup request) {
        Future<ExecutionResult> all = Bulk.run(
                caller,
                request.getDevice(),
                each -> null,
                each -> groups.remove(caller.actor(), request.getGroup(), new DeviceId(each))
                        .map(out -> new Bulk.Done(each, null)));
        return all.map(result -> {
            RemoveFromGroupResponse response = new RemoveFromGroupResponse();
            response.setResult(result);
            return response;
        });
    }
}
