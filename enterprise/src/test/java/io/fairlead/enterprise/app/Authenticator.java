package io.fairlead.enterprise.app;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A browser with an authenticator that holds one passkey, and whose owner is always there and has given the PIN. */
final class Authenticator {
    private static final byte VERIFIED = AuthenticatorData.BIT_UP | AuthenticatorData.BIT_UV;
    private static final byte FRESH = VERIFIED | AuthenticatorData.BIT_AT;

    private final ObjectConverter objects = new ObjectConverter();
    private final String origin;
    private final byte[] id = new byte[16];
    private final KeyPair key;
    private long counter;

    /** @param origin of the pages that ask it */
    Authenticator(String origin) throws GeneralSecurityException {
        this.origin = origin;
        new SecureRandom().nextBytes(id);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        key = generator.generateKeyPair();
    }

    /** As the server names the passkey. */
    String id() {
        return base64(id);
    }

    /** As {@code navigator.credentials.create} answers. */
    JsonObject create(JsonObject options) {
        AuthenticatorData<RegistrationExtensionAuthenticatorOutput> data = new AuthenticatorData<>(
                sha256(utf8(options.getJsonObject("rp").getString("id"))),
                FRESH,
                counter,
                new AttestedCredentialData(
                        AAGUID.ZERO,
                        id,
                        EC2COSEKey.create((ECPublicKey) key.getPublic(), COSEAlgorithmIdentifier.ES256)));
        return credential(new JsonObject()
                .put("clientDataJSON", base64(client("webauthn.create", options)))
                .put(
                        "attestationObject",
                        base64(new AttestationObjectConverter(objects)
                                .convertToBytes(new AttestationObject(data, new NoneAttestationStatement())))));
    }

    /** As {@code navigator.credentials.get} answers. */
    JsonObject get(JsonObject options) throws GeneralSecurityException {
        return get(options, key);
    }

    /** The same by somebody who knows the passkey's name, and has another key. */
    JsonObject forged(JsonObject options) throws GeneralSecurityException {
        return get(options, new Authenticator(origin).key);
    }

    private JsonObject get(JsonObject options, KeyPair by) throws GeneralSecurityException {
        AuthenticatorData<AuthenticationExtensionAuthenticatorOutput> data =
                new AuthenticatorData<>(sha256(utf8(options.getString("rpId"))), VERIFIED, ++counter);
        byte[] bytes = new AuthenticatorDataConverter(objects).convert(data);
        byte[] client = client("webauthn.get", options);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by.getPrivate());
        signature.update(bytes);
        signature.update(sha256(client));
        return credential(new JsonObject()
                .put("clientDataJSON", base64(client))
                .put("authenticatorData", base64(bytes))
                .put("signature", base64(signature.sign())));
    }

    private JsonObject credential(JsonObject response) {
        return new JsonObject()
                .put("id", id())
                .put("rawId", id())
                .put("type", "public-key")
                .put("response", response)
                .put("clientExtensionResults", new JsonObject());
    }

    private byte[] client(String type, JsonObject options) {
        return utf8(new JsonObject()
                .put("type", type)
                .put("challenge", options.getString("challenge"))
                .put("origin", origin)
                .put("crossOrigin", false)
                .encode());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
