package io.fairlead.enterprise.operator;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.RightsTable;
import io.fairlead.enterprise.people.RightsTable.Expected;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks the command lane with each holder of the table of rights as its actor. */
final class RightsWalk {
    /** Fewer than all: that the others are judged as agreed, the table's own test says; here it is about the lane. */
    private static final Set<String> GRANTED = Set.of("everywhere", "customer", "all-three");

    private static final Set<String> TRAINED = Set.of("none", "AU480-out-of-date", "AU480");
    private static final Map<String, String> PEOPLE =
            Map.of("its-people", "victim.its", "other-people", "victim.other", "vendor-people", "victim.vendor");

    private final RightsTable table = new RightsTable();
    private final TestFleet fleet;
    private final Commands commands;
    private final Map<String, Map<String, Object>> things = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int cells;

    RightsWalk(TestFleet fleet, Commands commands) {
        this.fleet = fleet;
        this.commands = commands;
    }

    /** @param transfer begins one from a device, and answers its id */
    void prepare(Function<DeviceId, String> transfer) {
        RightsTable.devices().forEach((place, scope) -> {
            DeviceId id = new DeviceId(place);
            Device unused = await(fleet.devices.register(ANNA, device(id, scope)));
            fleet.enrol(id, TestFleet.hex(1));
            fleet.postgres.execute(
                    "INSERT INTO alarm (device, code, severity, text, raised_at, last_seen, count, received_at)"
                            + " VALUES ('" + place + "', 'E1', 'error', 'x', now(), now(), 1, now())");
            String alarm = fleet.postgres.value("SELECT id FROM alarm WHERE device = '" + place + "'");
            things.put(place, Map.of("transfer", transfer.apply(id), "alarm", Long.parseLong(alarm)));
        });
        fleet.postgres.execute(
                "INSERT INTO person (name, display_name, organisation, customer, created_at, created_by) VALUES"
                        + " ('victim.its', 'V', 'O', 'St. Mary', now(), 'test'), ('victim.other', 'V', 'O', 'Other', now(), 'test'),"
                        + " ('victim.vendor', 'V', 'O', NULL, now(), 'test')");
        RightsTable.insert(fleet.postgres, holders(), fleet.clock.instant());
    }

    private static NewDevice device(DeviceId id, Scope scope) {
        return new NewDevice(
                id,
                String.valueOf(scope.customer()),
                "Site",
                String.valueOf(scope.region()),
                String.valueOf(scope.model()),
                "4711");
    }

    private List<Holder> holders() {
        return table.holders().stream()
                .filter(holder -> GRANTED.contains(holder.granted()) && TRAINED.contains(holder.trained()))
                .toList();
    }

    int cells() {
        return cells;
    }

    /** What did not come as the table says. */
    List<String> wrong() {
        for (Holder holder : holders()) {
            for (boolean confirmed : new boolean[] {true, false}) {
                List<Future<Void>> all = new ArrayList<>();
                RightsTable.devices().keySet().forEach(place -> all.addAll(onDevice(holder, confirmed, place)));
                PEOPLE.forEach((place, name) -> all.addAll(onPerson(holder, confirmed, place, name)));
                all.add(onPlatform(holder, confirmed, Action.MANAGE_AUTHORITY, "authority.cancel"));
                all.add(onPlatform(holder, confirmed, Action.SEE_AUDIT, "audit.checkpoints"));
                all.add(lists(holder, confirmed));
                Object unused = await(Future.all(all));
            }
        }
        return wrong;
    }

    private List<Future<Void>> onDevice(Holder holder, boolean confirmed, String place) {
        Map<String, Object> thing = things.getOrDefault(place, Map.of());
        JsonObject device = new JsonObject().put("device", place);
        JsonObject transfer = new JsonObject().put("id", thing.get("transfer"));
        JsonObject alarm = new JsonObject().put("number", thing.get("alarm"));
        Scope scope = RightsTable.devices().getOrDefault(place, Scope.PLATFORM);
        JsonObject enrol = device.copy()
                .put("customer", scope.customer())
                .put("site", "Site")
                .put("region", scope.region())
                .put("model", scope.model())
                .put("serial", "4711");
        List<Future<Void>> all = new ArrayList<>();
        Fault none = Fault.UNKNOWN_DEVICE;
        all.add(ask(holder, confirmed, Action.SEE_DATA, place, "device", device, none));
        all.add(ask(holder, confirmed, Action.SEE_DATA, place, "alarms", device, none));
        all.add(ask(holder, confirmed, Action.SEE_DATA, place, "instructions", device, none));
        all.add(ask(holder, confirmed, Action.SEE_DATA, place, "transfers", device, none));
        all.add(ask(
                holder,
                confirmed,
                Action.SEE_DATA,
                place,
                "history",
                device.copy().put("item", "x"),
                none));
        all.add(ask(holder, confirmed, Action.SEE_DATA, place, "transfer", transfer, Fault.NOT_FOUND));
        all.add(ask(holder, confirmed, Action.HANDLE_ALARM, place, "alarms.ack", alarm, Fault.NOT_FOUND));
        all.add(ask(
                holder,
                confirmed,
                Action.INSTRUCT,
                place,
                "instruct",
                device.copy().put("action", "collect"),
                none));
        all.add(ask(
                holder,
                confirmed,
                Action.MOVE_FILE,
                place,
                "upload",
                device.copy().put("path", "a"),
                none));
        all.add(ask(holder, confirmed, Action.MOVE_FILE, place, "package", device, none));
        all.add(ask(
                holder,
                confirmed,
                Action.MOVE_FILE,
                place,
                "send.begin",
                device.copy().put("size", 1),
                none));
        all.add(ask(holder, confirmed, Action.READ_FILE, place, "transfer.read", transfer, Fault.NOT_FOUND));
        all.add(ask(holder, confirmed, Action.READ_FILE, place, "transfer.link", transfer, Fault.NOT_FOUND));
        all.add(ask(
                holder,
                confirmed,
                Action.STOP,
                place,
                "instructions.cancel",
                device.copy().put("number", 999_999),
                none));
        all.add(ask(holder, confirmed, Action.MUTE, place, "devices.unmute", device, none));
        all.add(ask(holder, confirmed, Action.SECURE, place, "devices.found", device, none));
        all.add(ask(holder, confirmed, Action.DECIDE_CLONE, place, "clones.release", device, none));
        all.add(ask(holder, confirmed, Action.ENROL, place, "enrol", enrol, null));
        return all;
    }

    private List<Future<Void>> onPerson(Holder holder, boolean confirmed, String place, String name) {
        JsonObject person = new JsonObject().put("name", name);
        JsonObject none = person.copy().put("id", 999_999);
        return List.of(
                ask(holder, confirmed, Action.SEE_PEOPLE, place, "people.show", person, Fault.NOT_FOUND),
                ask(holder, confirmed, Action.MANAGE_PEOPLE, place, "people.change", person, Fault.NOT_FOUND),
                ask(holder, confirmed, Action.GRANT, place, "people.withdraw", none, Fault.NOT_FOUND),
                ask(holder, confirmed, Action.TRAIN, place, "people.untrain", none, Fault.NOT_FOUND));
    }

    private Future<Void> onPlatform(Holder holder, boolean confirmed, Action action, String command) {
        return ask(holder, confirmed, action, "platform", command, new JsonObject(), null);
    }

    /** Who sees a device sees it in the list, and no other. */
    private Future<Void> lists(Holder holder, boolean confirmed) {
        Set<String> expected = new TreeSet<>();
        RightsTable.devices().keySet().stream()
                .filter(place -> table.expected(holder, confirmed, Action.SEE_DEVICE, place) == Expected.ALLOWED)
                .forEach(expected::add);
        return run(holder, confirmed, "devices", new JsonObject()).map(answer -> {
            Set<String> seen = new TreeSet<>();
            answer.getJsonArray("devices").forEach(one -> seen.add(((JsonObject) one).getString("device")));
            note(seen.equals(expected), holder + " sees " + seen + " instead of " + expected);
            return null;
        });
    }

    /** @param unseen the fault that stands for "there is none"; null where it can be told */
    private Future<Void> ask(
            Holder holder,
            boolean confirmed,
            Action action,
            String place,
            String command,
            JsonObject arguments,
            @Nullable Fault unseen) {
        Action seeing = PEOPLE.containsKey(place) ? Action.SEE_PEOPLE : Action.SEE_DEVICE;
        boolean seen = unseen == null || table.expected(holder, confirmed, seeing, place) == Expected.ALLOWED;
        Expected expected = table.expected(holder, confirmed, action, place);
        return run(holder, confirmed, command, arguments).transform(result -> {
            Throwable failure = result.cause();
            boolean right = failure instanceof Refusal refusal
                    ? seen ? fits(refusal, expected) : isUnseen(refusal, unseen)
                    : failure == null && seen && expected == Expected.ALLOWED;
            note(
                    right,
                    holder + " confirmed=" + confirmed + " " + command + " on " + place + " expected=" + expected
                            + " seen=" + seen + " was " + failure);
            return Future.succeededFuture();
        });
    }

    /** A deed that is allowed may fail for another reason: nothing is held, nothing is to be read. */
    private static boolean fits(Refusal refusal, Expected expected) {
        return switch (expected) {
            case FORBIDDEN -> refusal.fault() == Fault.FORBIDDEN;
            case PASSKEY -> refusal.fault() == Fault.PASSKEY_NEEDED;
            case ALLOWED ->
                Set.of(Fault.CONFLICT, Fault.NOT_FOUND).contains(refusal.fault())
                        && !String.valueOf(refusal.getMessage()).contains("there is no ");
        };
    }

    private static boolean isUnseen(Refusal refusal, @Nullable Fault unseen) {
        return refusal.fault() == unseen
                && (unseen == Fault.UNKNOWN_DEVICE
                        || String.valueOf(refusal.getMessage()).contains("there is no "));
    }

    private void note(boolean right, String what) {
        synchronized (wrong) {
            cells++;
            if (!right) {
                wrong.add(what);
            }
        }
    }

    private Future<JsonObject> run(Holder holder, boolean confirmed, String command, JsonObject arguments) {
        return commands.run(
                Actor.person(holder.name(), confirmed),
                new JsonObject().put("command", command).put("arguments", arguments));
    }
}
