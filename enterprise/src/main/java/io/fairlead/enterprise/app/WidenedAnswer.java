package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;

/** Shows what became of a wish to widen somebody's rights. */
final class WidenedAnswer {
    private WidenedAnswer() {}

    /** @param done what to say when it is in effect */
    static void show(Screen screen, boolean json, JsonObject answer, String done) {
        JsonObject proposal = answer.getJsonObject("proposal");
        if (json) {
            screen.print(answer.encodePrettily());
        } else if (proposal == null) {
            screen.print(TextTable.plain(done));
        } else {
            screen.print(TextTable.plain("Proposed as number " + proposal.getLong("id")
                    + ". It has effect once another administrator approves of it, before "
                    + screen.moment(proposal.getString("notAfter")) + "."));
        }
    }
}
