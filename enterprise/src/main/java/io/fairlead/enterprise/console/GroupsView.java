package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.fleet.DeviceGroup;
import java.util.List;

/**
 * The groups that somebody sees.
 *
 * @param form by which one is made
 * @param makes whether he may
 */
public record GroupsView(List<DeviceGroup> groups, Form form, boolean makes) {}
