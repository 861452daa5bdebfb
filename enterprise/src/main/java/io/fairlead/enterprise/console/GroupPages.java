package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceFilter;
import io.fairlead.enterprise.fleet.DeviceGroup;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Named sets of devices. */
final class GroupPages implements Pages {
    private static final String LIST = "console/groups.jte";
    private static final String ONE = "console/group.jte";
    private static final String PATH = "/groups/:group";
    /** In one go. */
    private static final int MOST_ADDED = 100;

    private static final int LONGEST_NAMES = 8_000;
    private static final Map<Fault, String> TAKEN = Map.of(
            Fault.CONFLICT, "name: There is a group of this name, perhaps one that you cannot see. Choose another.");

    private final Groups groups;
    private final Devices devices;

    GroupPages(Groups groups, Devices devices) {
        this.groups = groups;
        this.devices = devices;
    }

    @Override
    public void mount(Doors doors) {
        Access write = Access.to(Action.WRITE_NOTE);
        doors.get("/groups", Access.to(Action.SEE_DEVICE), visit -> list(visit, Form.blank(), Answer::show));
        doors.post("/groups", write, this::make);
        doors.get(PATH, Access.to(Action.SEE_DEVICE), visit -> one(visit, Map.of(), Answer::show));
        doors.post(PATH, write, this::change);
        doors.post(PATH + "/delete", write, this::delete);
        doors.post(PATH + "/add", write, this::add);
        doors.post(PATH + "/remove", write, this::remove);
        doors.post("/devices/:device/groups", write, this::put);
    }

    private interface Showing {
        Answer show(String template, Object view);
    }

    private Future<Answer> list(Visit visit, Form form, Showing showing) {
        return groups.list(visit.actor())
                .map(all ->
                        showing.show(LIST, new GroupsView(all, form, visit.may().hasRoleFor(Action.WRITE_NOTE))));
    }

    private Future<Answer> one(Visit visit, Map<String, Form> forms, Showing showing) {
        String id = visit.part("group");
        return groups.get(visit.actor(), id)
                .compose(group -> devices.list(visit.actor(), DeviceFilter.ofGroup(id))
                        .map(list -> showing.show(
                                ONE, new GroupView(group, list, Groups.mayChange(visit.actor(), group), forms))));
    }

    private Future<Answer> make(Visit visit) {
        Form form = visit.form();
        String name = name(form);
        String description = form.text("description", 0, 300);
        if (!form.ok()) {
            return list(visit, form, Answer::mend);
        }
        return groups.make(visit.actor(), name, description)
                .map(made -> Answer.go("/groups/" + name).saying(Toast.done("The group " + name + " is there.")))
                .recover(failure ->
                        Mending.beside(form, failure, TAKEN).compose(mended -> list(visit, mended, Answer::mend)));
    }

    private static String name(Form form) {
        String name = form.text("name", 1, 64);
        if (!name.isEmpty() && !DeviceGroup.isName(name)) {
            form.fault("name", "Letters, digits and . _ - only, the first a letter or digit; 64 at most.");
        }
        return name;
    }

    private Future<Answer> change(Visit visit) {
        Form form = visit.form();
        String name = name(form);
        String description = form.text("description", 0, 300);
        if (!form.ok()) {
            return one(visit, Map.of("change", form), Answer::mend);
        }
        return groups.change(visit.actor(), visit.part("group"), name, description)
                .map(changed -> Answer.go("/groups/" + name).saying(Toast.done("The group is changed.")))
                .recover(failure -> Mending.beside(form, failure, TAKEN)
                        .compose(mended -> one(visit, Map.of("change", mended), Answer::mend)));
    }

    private Future<Answer> delete(Visit visit) {
        String id = visit.part("group");
        return groups.delete(visit.actor(), id)
                .map(gone -> Answer.go("/groups")
                        .saying(Toast.done("The group " + id + " is gone; its devices are as they were.")));
    }

    /** Those that cannot be put in stay in the form; the others are in it. */
    private Future<Answer> add(Visit visit) {
        Form form = visit.form();
        List<String> names = Arrays.stream(
                        form.lines("devices", 1, LONGEST_NAMES).split("[\\s,;]+"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.size() > MOST_ADDED) {
            form.fault("devices", "At most " + MOST_ADDED + " in one go, please; these are " + names.size() + ".");
        }
        if (!form.ok()) {
            return one(visit, Map.of("add", form), Answer::mend);
        }
        return added(visit, names, 0, "").compose(left -> {
            if (left.isEmpty()) {
                return Future.succeededFuture(Answer.go("/groups/" + visit.part("group"))
                        .saying(Toast.done(names.size() == 1 ? names.get(0) + " is in." : names.size() + " are in.")));
            }
            Form again = Form.filled(Map.of("devices", left.strip()));
            again.fault(
                    "devices",
                    "There are no such devices, or none that you may put into a group. The others are in by now.");
            return one(visit, Map.of("add", again), Answer::mend);
        });
    }

    /** Answers the names of those that were not put in. */
    private Future<String> added(Visit visit, List<String> names, int at, String left) {
        if (at == names.size()) {
            return Future.succeededFuture(left);
        }
        String name = names.get(at);
        return Future.succeededFuture()
                .compose(now -> groups.add(visit.actor(), visit.part("group"), new DeviceId(name)))
                .map(in -> left)
                .recover(failure -> isAboutDevice(failure)
                        ? Future.succeededFuture(left + name + "\n")
                        : Future.failedFuture(failure))
                .compose(so -> added(visit, names, at + 1, so));
    }

    private static boolean isAboutDevice(Throwable failure) {
        return failure instanceof Refusal refusal
                && (refusal.fault() == Fault.UNKNOWN_DEVICE || refusal.fault() == Fault.INVALID);
    }

    private Future<Answer> remove(Visit visit) {
        String group = visit.part("group");
        DeviceId device = DeviceHeads.id(visit.form().value("device"));
        return groups.remove(visit.actor(), group, device)
                .map(out -> Answer.go(visit.form().value("from").equals("device") ? at(device) : "/groups/" + group)
                        .saying(Toast.done(device + " is no longer in " + group + ".")));
    }

    private Future<Answer> put(Visit visit) {
        DeviceId device = DeviceHeads.id(visit);
        String group = visit.form().value("group");
        return groups.add(visit.actor(), group, device)
                .map(in -> Answer.go(at(device)).saying(Toast.done(device + " is in " + group + ".")));
    }

    private static String at(DeviceId device) {
        return "/devices/" + device + "/identity";
    }
}
