package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** What a person may do about an alarm. */
enum AlarmDeed {
    ACK("Says that you have seen an alarm and take it on. Who says so first counts.", "acknowledged"),
    COMMENT("Writes something down about an alarm; needs --text.", "commented"),
    CLOSE(
            "Closes an alarm whose source clears it no more; needs --text. Comes back if it is reported again.",
            "closed");

    private final String description;
    private final String done;

    AlarmDeed(String description, String done) {
        this.description = description;
        this.done = done;
    }

    String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    String said(JsonObject answer) {
        String alarm = "Alarm " + answer.getLong("number") + " (" + answer.getString("code") + " of "
                + answer.getString("device") + ")";
        return this == ACK && !answer.getBoolean("first")
                ? alarm + " had been acknowledged by " + answer.getString("acknowledgedBy") + " before you."
                : alarm + " is " + done + ".";
    }
}
