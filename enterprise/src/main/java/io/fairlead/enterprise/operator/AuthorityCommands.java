package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.identity.RollOver;
import io.fairlead.enterprise.identity.RollOverStanding;
import io.fairlead.enterprise.identity.RollOverStanding.Trusted;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Replaces the authorities that agents trust. */
final class AuthorityCommands {
    private final RollOver rollOver;

    AuthorityCommands(RollOver rollOver) {
        this.rollOver = rollOver;
    }

    Map<String, Command> commands() {
        return Map.of(
                "authority.show", this::show,
                "authority.roll-issuers", this::rollIssuers,
                "authority.roll-root", this::rollRoot,
                "authority.sign", this::sign,
                "authority.switch", this::switchOver,
                "authority.retire", this::retire,
                "authority.cancel", this::cancel);
    }

    Future<JsonObject> show(Actor actor, Arguments arguments) {
        arguments.only();
        return rollOver.standing(actor).map(AuthorityCommands::json);
    }

    Future<JsonObject> rollIssuers(Actor actor, Arguments arguments) {
        arguments.only();
        return rollOver.rollIssuers(actor).map(AuthorityCommands::json);
    }

    Future<JsonObject> rollRoot(Actor actor, Arguments arguments) {
        arguments.only();
        return rollOver.rollRoot(actor).map(AuthorityCommands::json);
    }

    /** Signatures of the root, each as {@code NAME=BASE64}, divided by blanks. */
    Future<JsonObject> sign(Actor actor, Arguments arguments) {
        arguments.only("signatures");
        Map<String, byte[]> signatures = new LinkedHashMap<>();
        for (String one : arguments.text("signatures").strip().split(" +", -1)) {
            int equals = one.indexOf('=');
            try {
                if (equals > 0) {
                    signatures.put(one.substring(0, equals), Base64.getDecoder().decode(one.substring(equals + 1)));
                    continue;
                }
            } catch (IllegalArgumentException notBase64) {
                // Said below.
            }
            throw new Refusal(Fault.INVALID, "argument signatures must be NAME=BASE64, divided by blanks");
        }
        return rollOver.sign(actor, signatures).map(AuthorityCommands::json);
    }

    Future<JsonObject> switchOver(Actor actor, Arguments arguments) {
        return rollOver.switchOver(actor, lost(arguments)).map(AuthorityCommands::json);
    }

    Future<JsonObject> retire(Actor actor, Arguments arguments) {
        return rollOver.retire(actor, lost(arguments)).map(AuthorityCommands::json);
    }

    Future<JsonObject> cancel(Actor actor, Arguments arguments) {
        arguments.only();
        return rollOver.cancel(actor).map(AuthorityCommands::json);
    }

    private static Set<String> lost(Arguments arguments) {
        arguments.only("lose");
        Set<String> lost = new TreeSet<>(
                Arrays.asList(arguments.optionalText("lose").orElse("").split(",", -1)));
        lost.remove("");
        return lost;
    }

    private static JsonObject json(RollOverStanding standing) {
        JsonObject toSign = new JsonObject();
        standing.toSign().forEach(toSign::put);
        JsonObject json = new JsonObject()
                .put("stage", standing.stage())
                .put("number", standing.number())
                .put("generations", Json.array(standing.generations(), AuthorityCommands::generation))
                .put("activeDevices", standing.active())
                .put("unconfirmed", new JsonArray(standing.unconfirmed()))
                .put("onOldIssuer", new JsonArray(standing.old()))
                .put("waitingForOldSigner", new JsonArray(standing.waiting()));
        return standing.toSign().isEmpty()
                ? json
                : json.put("toSign", toSign).put("signer", certificate(standing.signer()));
    }

    private static JsonObject generation(Trusted generation) {
        return new JsonObject()
                .put("generation", generation.number())
                .put("issuing", generation.issuing())
                .put("rootKeyHere", generation.rootKeyHere())
                .put("certificates", Json.array(generation.certificates(), AuthorityCommands::certificate));
    }

    private static JsonObject certificate(X509Certificate certificate) {
        return new JsonObject()
                .put("name", certificate.getSubjectX500Principal().getName())
                .put("notAfter", certificate.getNotAfter().toInstant().toString())
                .put("serial", certificate.getSerialNumber().toString(16));
    }
}
