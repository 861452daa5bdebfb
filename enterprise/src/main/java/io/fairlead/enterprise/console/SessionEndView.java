package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.remote.SessionRow;
import java.util.List;

/**
 * What is about to be ended.
 *
 * @param open all that the visitor may end now
 * @param device to whose sessions it is confined; empty for all
 */
public record SessionEndView(List<SessionRow> open, String device, Form form) {
    public SessionEndView {
        open = List.copyOf(open);
    }

    /** Where one came from. */
    public String back() {
        return device.isEmpty() ? SessionListView.PATH : "/devices/" + device + DeviceTab.SESSIONS.path();
    }
}
