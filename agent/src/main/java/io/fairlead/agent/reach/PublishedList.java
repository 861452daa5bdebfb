package io.fairlead.agent.reach;

import io.fairlead.agent.kernel.Signers;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.PinnedCas;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.Sounder;
import io.fairlead.agent.link.Vouching;
import io.fairlead.firewall.format.JsonList;
import io.fairlead.firewall.format.NotAnAllowlist;
import io.fairlead.statements.EcdsaSignature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a server publishes. Where the enterprise's authorities are known, a list counts only when a key that they let sign lists
 * has signed its exact bytes, and nothing of another one is parsed: whoever answers in the server's place has nothing dialled,
 * and no firewall opened. Where they are not known, the report says what is known of the connection.
 *
 * @param whose who vouches for it, for the report's head
 */
record PublishedList(JsonList list, String whose) {
    private static final String LIST = "/firewall/endpoints?format=json";
    private static final String SIGNATURE = "/firewall/signature";
    private static final String SIGNER = "/firewall/signer.pem";

    /**
     * @param ours the enterprise's authorities, where they are known
     * @param now by which certificates are judged
     * @throws LinkException when it cannot be fetched, is not the enterprise's, or is no list
     */
    static PublishedList of(ServerAddress server, Sounder sounder, Optional<PinnedCas> ours, Supplier<Instant> now)
            throws LinkException {
        if (ours.isEmpty()) {
            Sounder.Fetched fetched = fetched(server, sounder, LIST);
            return new PublishedList(
                    parsed(server, fetched.body()), connection(new Vouching(ours, now).judge(fetched.shown())));
        }
        Signers signers = new Signers(ours.get()::signers, now, Signers.ALLOWLISTS);
        Optional<PublishedList> list = signed(server, sounder, signers);
        if (list.isEmpty()) {
            // Another may have been published between the list and its signature.
            list = signed(server, sounder, signers);
        }
        return list.orElseThrow(
                () -> LinkException.badAnswer(server + ": the list there is not the one that was signed"));
    }

    /** Empty when the signature is of another list. */
    private static Optional<PublishedList> signed(ServerAddress server, Sounder sounder, Signers signers)
            throws LinkException {
        byte[] text = fetched(server, sounder, LIST).body();
        byte[] signature = fetched(server, sounder, SIGNATURE).body();
        X509Certificate signer = signer(server, fetched(server, sounder, SIGNER).body(), signers);
        return new EcdsaSignature(signature).over(text, signer.getPublicKey())
                ? Optional.of(new PublishedList(
                        parsed(server, text),
                        "vouched for by the enterprise's root: a key that it lets sign lists has signed it"))
                : Optional.empty();
    }

    private static X509Certificate signer(ServerAddress server, byte[] pem, Signers signers) throws LinkException {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .filter(signers::trusted)
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("nobody"));
        } catch (CertificateException e) {
            throw LinkException.badAnswer(
                    server + ": nobody whom the enterprise's root lets sign lists has signed the one there");
        }
    }

    private static Sounder.Fetched fetched(ServerAddress server, Sounder sounder, String path) throws LinkException {
        Sounder.Fetched fetched = sounder.fetch(server, path);
        if (fetched.status() != 200) {
            throw LinkException.badAnswer(
                    server + " publishes no list there: HTTP " + fetched.status() + " for " + path);
        }
        return fetched;
    }

    private static JsonList parsed(ServerAddress server, byte[] text) throws LinkException {
        try {
            return JsonList.read(new ByteArrayInputStream(text));
        } catch (NotAnAllowlist | IOException e) {
            throw LinkException.badAnswer(server + "/firewall/endpoints: " + e.getMessage());
        }
    }

    private static String connection(Vouching.Verdict verdict) {
        return switch (verdict.who()) {
            case LISTED -> "over TLS by \"" + verdict.words() + "\", which this PC's Java lists";
            case NOBODY ->
                "NOBODY VOUCHED FOR THE LIST: what answered there shows a certificate by \"" + verdict.words()
                        + "\", which nobody here knows";
            default -> "NOBODY VOUCHED FOR THE LIST: " + verdict.words();
        };
    }
}
