package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;

/** How the value of a data item is shown: a number, a text, or a dash. */
final class Values {
    private Values() {}

    static String of(JsonObject item) {
        Double number = item.getDouble("number");
        return number == null ? item.getString("text", Screen.NONE) : Screen.number(number);
    }
}
