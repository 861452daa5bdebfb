package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.identity.Announcement.RootSigned;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which generations of authorities there are, and how far a roll-over has come: {@code authority/plan.json}. No file says
 * that there is the first generation and nothing else.
 *
 * <pre>
 *            roll-issuers, roll-root                       signatures of the root
 *   STEADY ───────────────────────────▶ ISSUERS_UNSIGNED ─────────────────────────▶ STATEMENT_UNSIGNED
 *     ▲  ▲                                (root offline)                                  │ signature of the root
 *     │  └──────────── cancel ◀─────────────────┴───────────────────────┬─────────────────┘
 *     │                                                                 ▼
 *     └── retire ◀── SWITCHED ◀──────── switch ◀──────────────────── ANNOUNCED
 * </pre>
 * Where the root's key lies on this machine, the unsigned stages are passed at once.
 *
 * @param issuing the generation that issues
 * @param trusted those of the newest statement, or the first before there was one; in order
 * @param announced the newest statement; null before the first
 * @param pending what waits for a signature of a root; null for nothing
 */
record AuthorityPlan(
        int issuing,
        List<Integer> trusted,
        @Nullable Announcement announced,
        @Nullable Pending pending) {
    static final AuthorityPlan FIRST = new AuthorityPlan(1, List.of(1), null, null);

    AuthorityPlan {
        trusted = List.copyOf(trusted);
        if (!trusted.contains(issuing) || trusted.size() > 2) {
            throw new IllegalArgumentException("generation " + issuing + " of " + trusted);
        }
    }

    /** How far it has come. */
    enum Stage {
        STEADY,
        ISSUERS_UNSIGNED,
        STATEMENT_UNSIGNED,
        ANNOUNCED,
        SWITCHED
    }

    /**
     * What a root has to sign.
     *
     * @param fresh the generation that is being made; 0 when one is being dropped
     * @param documents the bytes to be signed, by name: {@code devices}, {@code servers} and {@code signers} for issuers'
     *     certificates, {@code anchors-N} for a statement
     * @param trusted the generations of the statement
     * @param signatures those that the statement has already
     */
    record Pending(int fresh, Map<String, byte[]> documents, List<Integer> trusted, List<RootSigned> signatures) {
        Pending {
            documents = Map.copyOf(documents);
            trusted = List.copyOf(trusted);
            signatures = List.copyOf(signatures);
        }

        boolean isStatement() {
            return documents.keySet().stream().anyMatch(name -> name.startsWith("anchors-"));
        }
    }

    Stage stage() {
        if (pending != null) {
            return pending.isStatement() ? Stage.STATEMENT_UNSIGNED : Stage.ISSUERS_UNSIGNED;
        }
        if (trusted.size() == 1) {
            return Stage.STEADY;
        }
        return issuing == trusted.get(0) ? Stage.ANNOUNCED : Stage.SWITCHED;
    }

    /** The number of the newest statement; 0 before the first. */
    long number() {
        return announced == null ? 0 : announced.number();
    }

    AuthorityPlan waitingFor(@Nullable Pending next) {
        return new AuthorityPlan(issuing, trusted, announced, next);
    }

    AuthorityPlan announcing(Announcement next, List<Integer> generations) {
        return new AuthorityPlan(issuing, generations, next, null);
    }

    AuthorityPlan issuingBy(int generation) {
        return new AuthorityPlan(generation, trusted, announced, pending);
    }

    String toJson() {
        JsonObject json = new JsonObject().put("issuing", issuing).put("trusted", new JsonArray(trusted));
        if (announced != null) {
            json.put(
                    "announced",
                    new JsonObject()
                            .put("number", announced.number())
                            .put("statement", announced.statement())
                            .put("signatures", signatures(announced.signatures())));
        }
        if (pending != null) {
            JsonObject documents = new JsonObject();
            pending.documents().forEach(documents::put);
            json.put(
                    "pending",
                    new JsonObject()
                            .put("fresh", pending.fresh())
                            .put("documents", documents)
                            .put("trusted", new JsonArray(pending.trusted()))
                            .put("signatures", signatures(pending.signatures())));
        }
        return json.encodePrettily();
    }

    /** Throws a RuntimeException of some kind for anything that {@link #toJson} did not write. */
    static AuthorityPlan parse(String text) {
        JsonObject json = new JsonObject(text);
        JsonObject announced = json.getJsonObject("announced");
        JsonObject pending = json.getJsonObject("pending");
        return new AuthorityPlan(
                json.getInteger("issuing"),
                numbers(json.getJsonArray("trusted")),
                announced == null
                        ? null
                        : new Announcement(
                                announced.getLong("number"),
                                announced.getBinary("statement"),
                                signatures(announced.getJsonArray("signatures"))),
                pending == null ? null : pending(pending));
    }

    private static Pending pending(JsonObject json) {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        JsonObject stored = json.getJsonObject("documents");
        stored.fieldNames().forEach(name -> documents.put(name, stored.getBinary(name)));
        return new Pending(
                json.getInteger("fresh"),
                documents,
                numbers(json.getJsonArray("trusted")),
                signatures(json.getJsonArray("signatures")));
    }

    private static JsonArray signatures(List<RootSigned> signatures) {
        JsonArray json = new JsonArray();
        signatures.forEach(
                one -> json.add(new JsonObject().put("key", one.keyId()).put("signature", one.signature())));
        return json;
    }

    private static List<RootSigned> signatures(JsonArray json) {
        List<RootSigned> signatures = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            JsonObject one = json.getJsonObject(i);
            signatures.add(new RootSigned(one.getString("key"), one.getBinary("signature")));
        }
        return signatures;
    }

    private static List<Integer> numbers(JsonArray json) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            numbers.add(json.getInteger(i));
        }
        return numbers;
    }
}
