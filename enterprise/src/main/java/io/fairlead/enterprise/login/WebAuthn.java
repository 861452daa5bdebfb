package io.fairlead.enterprise.login;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import io.fairlead.enterprise.login.PasskeyStore.Kept;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What WebAuthn (level 3) has browsers ask of authenticators, and the check of what these answer: for our host, from our
 * origin with its port, with the person verified (by PIN or body). Attestation is not asked for: whose make an
 * authenticator is, is nothing to us.
 */
final class WebAuthn {
    private static final int MINUTES = 5;
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            algorithm(COSEAlgorithmIdentifier.ES256),
            algorithm(COSEAlgorithmIdentifier.EdDSA),
            algorithm(COSEAlgorithmIdentifier.RS256));

    private final LoginPolicy policy;
    private final ObjectConverter objects = new ObjectConverter();
    // "Non-strict" means that attestation statements are not judged.
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(objects);
    private final AttestedCredentialDataConverter keys = new AttestedCredentialDataConverter(objects);

    WebAuthn(LoginPolicy policy) {
        this.policy = policy;
    }

    private static PublicKeyCredentialParameters algorithm(COSEAlgorithmIdentifier one) {
        return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, one);
    }

    /** PublicKeyCredentialCreationOptionsJSON. */
    JsonObject creation(byte[] challenge, byte[] handle, String person, String displayName, List<Passkey> there) {
        JsonArray algorithms = new JsonArray();
        ALGORITHMS.forEach(one -> algorithms.add(new JsonObject()
                .put("type", "public-key")
                .put("alg", one.getAlg().getValue())));
        return new JsonObject()
                .put("rp", new JsonObject().put("id", policy.host()).put("name", "Fairlead"))
                .put(
                        "user",
                        new JsonObject()
                                .put("id", base64(handle))
                                .put("name", person)
                                .put("displayName", displayName))
                .put("challenge", base64(challenge))
                .put("pubKeyCredParams", algorithms)
                .put("timeout", MINUTES * 60_000)
                .put("excludeCredentials", descriptors(there))
                .put(
                        "authenticatorSelection",
                        new JsonObject().put("userVerification", "required").put("residentKey", "preferred"))
                .put("attestation", "none");
    }

    /** PublicKeyCredentialRequestOptionsJSON. */
    JsonObject request(byte[] challenge, List<Passkey> there) {
        return new JsonObject()
                .put("challenge", base64(challenge))
                .put("timeout", MINUTES * 60_000)
                .put("rpId", policy.host())
                .put("allowCredentials", descriptors(there))
                .put("userVerification", "required");
    }

    private static JsonArray descriptors(List<Passkey> passkeys) {
        JsonArray descriptors = new JsonArray();
        for (Passkey one : passkeys) {
            JsonArray transports = new JsonArray();
            Arrays.stream(one.transports().split(",", -1))
                    .filter(transport -> !transport.isEmpty())
                    .forEach(transports::add);
            descriptors.add(new JsonObject()
                    .put("type", "public-key")
                    .put("id", one.id())
                    .put("transports", transports));
        }
        return descriptors;
    }

    /** A registration that was read but not checked. */
    RegistrationData registration(JsonObject credential) {
        try {
            return manager.parseRegistrationResponseJSON(credential.encode());
        } catch (DataConversionException | IllegalArgumentException malformed) {
            throw refused("not a registration", malformed);
        }
    }

    /** An assertion that was read but not checked. */
    AuthenticationData assertion(JsonObject credential) {
        try {
            return manager.parseAuthenticationResponseJSON(credential.encode());
        } catch (DataConversionException | IllegalArgumentException malformed) {
            throw refused("not an assertion", malformed);
        }
    }

    /** Which challenge it says that it answers. */
    static byte[] challenge(@Nullable CollectedClientData client) {
        return Optional.ofNullable(client)
                .map(CollectedClientData::getChallenge)
                .map(Challenge::getValue)
                .orElseThrow(() -> new Refusal(Fault.PASSKEY_REFUSED, "no challenge in it"));
    }

    /** A registration that was checked. */
    record Registered(Passkey passkey, Kept kept) {}

    Registered check(RegistrationData data, byte[] challenge, String name, Instant now) {
        try {
            RegistrationData good =
                    manager.verify(data, new RegistrationParameters(server(challenge), ALGORITHMS, true, true));
            AuthenticatorData<?> authenticator = Optional.ofNullable(good.getAttestationObject())
                    .map(AttestationObject::getAuthenticatorData)
                    .orElseThrow(() -> new Refusal(Fault.PASSKEY_REFUSED, "no authenticator data"));
            AttestedCredentialData credential = Optional.ofNullable(authenticator.getAttestedCredentialData())
                    .orElseThrow(() -> new Refusal(Fault.PASSKEY_REFUSED, "no credential in it"));
            return new Registered(
                    new Passkey(
                            credential.getCredentialId(), name, now, null, authenticator.isFlagBS(), transports(good)),
                    new Kept(keys.convert(credential), authenticator.getSignCount()));
        } catch (VerificationException | DataConversionException wrong) {
            throw refused("registration", wrong);
        }
    }

    private static String transports(RegistrationData data) {
        return data.getTransports() == null
                ? ""
                : String.join(
                        ",",
                        data.getTransports().stream()
                                .map(transport -> transport.getValue())
                                .filter(value -> value.matches("[a-z-]{1,20}"))
                                .sorted()
                                .toList());
    }

    /** The counter of an assertion that is good; fails also when it does not rise, as that of a copy. */
    long check(AuthenticationData data, byte[] challenge, Kept kept) {
        try {
            CredentialRecordImpl known = new CredentialRecordImpl(
                    null, true, null, null, kept.counter(), keys.convert(kept.key()), null, null, null, null);
            AuthenticationData good =
                    manager.verify(data, new AuthenticationParameters(server(challenge), known, null, true, true));
            return Optional.ofNullable(good.getAuthenticatorData())
                    .orElseThrow(() -> new Refusal(Fault.PASSKEY_REFUSED, "no authenticator data"))
                    .getSignCount();
        } catch (VerificationException | DataConversionException wrong) {
            throw refused("assertion", wrong);
        }
    }

    private ServerProperty server(byte[] challenge) {
        Challenge asked = () -> challenge;
        return new ServerProperty(new Origin(policy.origin().toString()), policy.host(), asked);
    }

    private static Refusal refused(String what, RuntimeException why) {
        return new Refusal(Fault.PASSKEY_REFUSED, what + ": " + why.getClass().getSimpleName(), why);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
