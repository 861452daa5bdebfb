package io.fairlead.enterprise.app;

import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.RightsTable;
import io.fairlead.enterprise.people.RightsTable.Expected;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the tables of rights say is to come of a request. */
final class Judged {
    /** What came of it, as far as rights go. */
    enum Outcome {
        /** Whatever comes of it: it was not refused. */
        LET,
        FORBIDDEN,
        PASSKEY,
        /** As if there were none. */
        NOTHING
    }

    private final RightsTable table = new RightsTable();

    /**
     * Those who walk: each role granted in each way where it makes a difference, and each state of training for those who need
     * one. That every other cell is judged alike, the table's own test says.
     */
    List<Holder> holders() {
        List<Holder> holders = new ArrayList<>();
        for (Holder holder : table.holders()) {
            boolean trains = holder.role() == Role.OPERATOR || holder.role() == Role.SERVICE_ENGINEER;
            boolean granted = trains
                    || holder.role().isOfCustomer()
                    || Set.of("everywhere", "all-three").contains(holder.granted());
            boolean trained = trains
                    ? holder.trained().equals("AU480")
                            || holder.granted().equals("everywhere")
                                    && (holder.role() == Role.SERVICE_ENGINEER
                                            || holder.trained().equals("none"))
                    : holder.trained().equals("none");
            if (granted && trained) {
                holders.add(holder);
            }
        }
        return holders;
    }

    /** Those of them who may do something that needs a passkey, to walk without. */
    List<Holder> unconfirmed() {
        return holders().stream()
                .filter(holder -> Set.of(Role.OPERATOR, Role.SERVICE_ENGINEER, Role.CUSTOMER_ADMINISTRATOR)
                        .contains(holder.role()))
                .filter(holder -> Set.of("everywhere", "customer").contains(holder.granted()))
                .filter(holder ->
                        !holder.role().isOfCustomer() == holder.trained().equals("AU480"))
                .toList();
    }

    static Set<String> places(String on) {
        return switch (on) {
            case "device", "named", "another's" -> RightsTable.devices().keySet();
            case "person", "known" -> Set.of("its-people", "other-people", "vendor-people");
            default -> Set.of("platform");
        };
    }

    /** @param door of the console; empty where there is none */
    Outcome outcome(Holder holder, boolean confirmed, String door, List<Action> then, String on, String place) {
        if (!Set.of("", "person", "anyone", "bearer", "account").contains(door)
                && !holder.role().actions().contains(Action.valueOf(door))) {
            return Outcome.FORBIDDEN;
        }
        if (on.equals("another's")) {
            return Outcome.NOTHING;
        }
        if (on.equals("device") && !allowed(holder, Action.SEE_DEVICE, place)
                || on.equals("person") && !allowed(holder, Action.SEE_PEOPLE, place)) {
            return Outcome.NOTHING;
        }
        for (Action action : then) {
            Expected expected = table.expected(holder, confirmed, action, where(action, on, place));
            if (expected != Expected.ALLOWED) {
                return expected == Expected.PASSKEY ? Outcome.PASSKEY : Outcome.FORBIDDEN;
            }
        }
        return Outcome.LET;
    }

    private boolean allowed(Holder holder, Action action, String place) {
        return table.expected(holder, true, action, place) == Expected.ALLOWED;
    }

    /** The devices that somebody may see. */
    Set<String> seen(Holder holder) {
        return RightsTable.devices().keySet().stream()
                .filter(place -> allowed(holder, Action.SEE_DEVICE, place))
                .collect(Collectors.toSet());
    }

    /** The people of a device are its customer's. */
    private static String where(Action action, String on, String place) {
        return action.subject() == Action.Subject.PEOPLE && on.equals("device")
                ? place.equals("other-customer") ? "other-people" : "its-people"
                : place;
    }
}
