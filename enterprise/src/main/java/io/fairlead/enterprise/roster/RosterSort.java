package io.fairlead.enterprise.roster;

import java.util.Optional;

/** By what a list is ordered; equal ones by id. */
public enum RosterSort {
    ID("id", "id"),
    CUSTOMER("customer", "customer %1$s, site %1$s"),
    MODEL("model", "model %1$s, customer %1$s"),
    STATE("state", "state %1$s"),
    /** Whoever was never heard comes last. */
    CONTACT("contact", "last_contact %1$s NULLS LAST"),
    /** The worst first, then whoever has most open alarms. */
    HEALTH("health", "health %1$s, alarms DESC");

    private final String key;
    private final String orderBy;

    RosterSort(String key, String orderBy) {
        this.key = key;
        this.orderBy = orderBy;
    }

    /** As it stands in links. */
    public String key() {
        return key;
    }

    String orderBy(boolean descending) {
        String own = orderBy.formatted(descending ? "DESC" : "ASC");
        return this == ID ? own + (descending ? " DESC" : "") : own + ", id";
    }

    public static Optional<RosterSort> ofKey(String key) {
        for (RosterSort sort : values()) {
            if (sort.key.equals(key)) {
                return Optional.of(sort);
            }
        }
        return Optional.empty();
    }
}
