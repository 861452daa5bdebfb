package io.fairlead.enterprise.publication;

import io.vertx.core.json.JsonObject;

/** Why something is not answered, as RFC 9457 has it. A RuntimeException, for whoever reads what was asked. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    /**
     * @param title the same for all of its kind
     * @param detail what is wrong with this one, in a sentence
     */
    Problem(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    static Problem badParameter(String name, String why) {
        return new Problem(400, "A parameter is not as it should be", name + " " + why + ".");
    }

    static Problem notFound(String detail) {
        return new Problem(404, "There is nothing of that name", detail);
    }

    int status() {
        return status;
    }

    /** {@code application/problem+json}. */
    String json() {
        return new JsonObject()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", getMessage())
                        .encodePrettily()
                + "\n";
    }
}
