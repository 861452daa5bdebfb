package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A root whose key was taken away from the server, and signs elsewhere. */
final class OfflineRoot {
    private final PrivateKey key;

    /** Moves the key. */
    OfflineRoot(Path from, Path to) throws IOException, GeneralSecurityException {
        String pem = Files.readString(Files.move(from, to), StandardCharsets.US_ASCII);
        byte[] der = Base64.getDecoder().decode(pem.replaceAll("-----[^-]+-----|\\s", ""));
        key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** As {@code authority.sign} takes them: {@code NAME=BASE64}, divided by blanks. */
    String signatures(JsonObject toSign) throws GeneralSecurityException {
        List<String> signatures = new ArrayList<>();
        for (String name : toSign.fieldNames()) {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(toSign.getBinary(name));
            signatures.add(name + "=" + Base64.getEncoder().encodeToString(signature.sign()));
        }
        return String.join(" ", signatures);
    }
}
