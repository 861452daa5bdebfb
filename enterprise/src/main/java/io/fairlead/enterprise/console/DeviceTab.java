package io.fairlead.enterprise.console;

import io.fairlead.enterprise.people.Action;

/** The pages of one device, each an address of its own. */
public enum DeviceTab {
    NOW("", "Now", Action.SEE_DATA),
    HISTORY("/history", "History", Action.SEE_DATA),
    ALARMS("/alarms", "Alarms & events", Action.SEE_DATA),
    INSTRUCTIONS("/instructions", "Instructions", Action.SEE_DATA),
    FILES("/files", "Files", Action.SEE_DATA),
    SESSIONS("/sessions", "Remote", Action.SEE_DATA),
    REACH("/reach", "Reachability", Action.SEE_DATA),
    NOTES("/notes", "Notes", Action.SEE_DATA),
    RECORD("/record", "Record", Action.SEE_RECORD),
    IDENTITY("/identity", "Identity & connection", Action.SEE_DEVICE);

    private final String path;
    private final String label;
    private final Action action;

    DeviceTab(String path, String label, Action action) {
        this.path = path;
        this.label = label;
        this.action = action;
    }

    /** Behind the device's own address. */
    public String path() {
        return path;
    }

    public String label() {
        return label;
    }

    /** What one must be allowed to see it. */
    public Action action() {
        return action;
    }
}
