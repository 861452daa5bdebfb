package io.fairlead.enterprise.people;

import static io.fairlead.enterprise.people.Action.*;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What people are here. A role is granted for a region, a customer and a model, each of which may be all. */
public enum Role {
    OPERATOR("operator", EnumSet.complementOf(EnumSet.of(REQUEST_SESSION_FOR))),
    /** Sees only devices of models he is trained for. */
    SERVICE_ENGINEER(
            "service-engineer",
            EnumSet.of(
                    SEE_DEVICE,
                    SEE_DATA,
                    SEE_RECORD,
                    HANDLE_ALARM,
                    WRITE_NOTE,
                    INSTRUCT,
                    MOVE_FILE,
                    READ_FILE,
                    REQUEST_SESSION,
                    STOP,
                    MUTE,
                    ENROL,
                    DECIDE_CLONE)),
    CUSTOMER_ADMINISTRATOR(
            "customer-administrator",
            EnumSet.of(
                    SEE_DEVICE,
                    SEE_DATA,
                    SEE_RECORD,
                    SEE_RECORDING,
                    WRITE_NOTE,
                    STOP,
                    MUTE,
                    SECURE,
                    SEE_PEOPLE,
                    MANAGE_PEOPLE,
                    GRANT)),
    CUSTOMER_USER("customer-user", EnumSet.of(SEE_DEVICE, SEE_DATA, SEE_RECORD)),
    AUDITOR("auditor", EnumSet.of(SEE_DEVICE, SEE_DATA, SEE_RECORD, SEE_RECORDING, SEE_PEOPLE, SEE_AUDIT)),
    /** A hospital's: sees that devices are there and how they connect, nothing that they measure. */
    IT_ADMINISTRATOR("it-administrator", EnumSet.of(SEE_DEVICE)),
    /** Another system's account. Never logs in as people do. */
    INTEGRATION(
            "integration",
            EnumSet.of(SEE_DEVICE, SEE_DATA, SEE_RECORD, HANDLE_ALARM, WRITE_NOTE, REQUEST_SESSION_FOR, STOP)),
    /** The account of the system in which trainings are kept. */
    TRAINING_SYSTEM("training-system", EnumSet.of(SEE_PEOPLE, TRAIN));

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // nobody has the set beneath
    private final Set<Action> actions;

    Role(String key, EnumSet<Action> actions) {
        this.key = key;
        this.actions = Collections.unmodifiableSet(actions);
    }

    /** As it is stored and typed. */
    public String key() {
        return key;
    }

    /** What it may do, where it was granted. */
    public Set<Action> actions() {
        return actions;
    }

    /** Whether it is always granted at one customer. */
    public boolean isOfCustomer() {
        return this == CUSTOMER_ADMINISTRATOR || this == CUSTOMER_USER || this == IT_ADMINISTRATOR;
    }

    /** Whether an account may have it: another system never administers this one. */
    public boolean isForAccounts() {
        return this != OPERATOR;
    }

    /** Whether the action needs training for the device's model when it is this role that allows it. */
    public boolean needsTraining(Action action) {
        return action.isTrained()
                || (this == SERVICE_ENGINEER && action.subject() == Action.Subject.DEVICE && action != ENROL);
    }

    /** The roles that whoever has this one may give to others, and approve of. */
    public Set<Role> gives() {
        return switch (this) {
            case OPERATOR -> EnumSet.allOf(Role.class);
            case CUSTOMER_ADMINISTRATOR -> EnumSet.of(CUSTOMER_ADMINISTRATOR, CUSTOMER_USER, IT_ADMINISTRATOR);
            default -> EnumSet.noneOf(Role.class);
        };
    }

    public static Optional<Role> ofKey(String key) {
        for (Role role : values()) {
            if (role.key.equals(key)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
