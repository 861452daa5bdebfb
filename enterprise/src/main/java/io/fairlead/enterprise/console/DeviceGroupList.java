package io.fairlead.enterprise.console;

import io.fairlead.enterprise.fleet.DeviceGroup;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.people.Actor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The groups of a device.
 *
 * @param in those in which it is, each with whether the visitor may take it out
 * @param others into which the visitor may put it, by name with what is shown
 */
public record DeviceGroupList(Map<String, Boolean> in, Map<String, String> others) {
    static DeviceGroupList of(Actor actor, List<DeviceGroup> all, List<String> in) {
        Set<String> names = Set.copyOf(in);
        Map<String, Boolean> has = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        for (DeviceGroup group : all) {
            boolean his = Groups.mayChange(actor, group);
            if (names.contains(group.id())) {
                has.put(group.id(), his);
            } else if (his) {
                others.put(group.id(), group.id());
            }
        }
        return new DeviceGroupList(has, others);
    }
}
