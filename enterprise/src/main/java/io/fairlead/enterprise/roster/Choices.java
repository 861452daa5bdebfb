package io.fairlead.enterprise.roster;

import java.util.List;

/** What there is to filter by, each in order of name. */
public record Choices(List<Choice> customers, List<Choice> sites, List<Choice> regions, List<Choice> models) {
    /** A value, and how many of the devices in view have it. */
    public record Choice(String value, int devices) {}
}
