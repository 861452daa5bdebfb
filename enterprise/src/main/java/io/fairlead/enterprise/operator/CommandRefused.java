package io.fairlead.enterprise.operator;

import io.vertx.core.json.JsonObject;

/** The server said no to a command. */
public final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String text;
    private final String detail;
    private final String correlation;

    CommandRefused(String key, String text, String detail, String correlation) {
        super(key + ": " + text + " " + detail + " correlation=" + correlation);
        this.key = key;
        this.text = text;
        this.detail = detail;
        this.correlation = correlation;
    }

    /** What a server's answer says went well; throws what it says did not. */
    public static JsonObject outcome(JsonObject answer) {
        JsonObject error = answer.getJsonObject("error");
        if (error != null) {
            throw new CommandRefused(
                    error.getString("key", "unknown"),
                    error.getString("text", "The server refused."),
                    error.getString("detail", ""),
                    error.getString("correlation", ""));
        }
        return answer.getJsonObject("ok", new JsonObject());
    }

    /** The fault's stable key. */
    public String key() {
        return key;
    }

    /** The fault's fixed text for people. */
    public String text() {
        return text;
    }

    /** What exactly is wrong; empty where the server does not say. */
    public String detail() {
        return detail;
    }

    /** Names the line in the server's log. */
    public String correlation() {
        return correlation;
    }
}
