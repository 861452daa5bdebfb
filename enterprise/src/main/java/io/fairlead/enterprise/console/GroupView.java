package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceGroup;
import java.util.List;
import java.util.Map;

/**
 * A group.
 *
 * @param devices of it that the visitor may see, the first thousand
 * @param his whether he may change it
 * @param forms what was typed, of the forms that are to be mended, by name
 */
public record GroupView(DeviceGroup group, List<Device> devices, boolean his, Map<String, Form> forms) {
    /** By which its name and its description are changed. */
    public Form change() {
        return forms.getOrDefault(
                "change", Form.filled(Map.of("name", group.id(), "description", group.description())));
    }

    /** By which devices are put into it. */
    public Form add() {
        return forms.getOrDefault("add", Form.blank());
    }
}
