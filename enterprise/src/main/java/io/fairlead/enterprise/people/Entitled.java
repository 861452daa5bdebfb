package io.fairlead.enterprise.people;

/** Somebody who has a role, and all that he may. */
public record Entitled(Person person, Entitlement entitlement) {}
