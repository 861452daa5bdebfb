package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Shows the password of an account that was just made. */
final class MadePassword {
    private MadePassword() {}

    static void show(Screen screen, JsonObject made) {
        screen.print(List.of(
                "Name:     " + TextTable.plain(made.getString("name")),
                "Password: " + TextTable.plain(made.getString("password")),
                "It is shown this once, and taken until " + screen.moment(made.getString("notAfter")) + "."));
    }
}
