package io.fairlead.enterprise.identity;

import io.fairlead.contract.agent.Anchors;
import io.fairlead.enterprise.identity.Announcement.RootSigned;
import io.fairlead.enterprise.identity.AuthorityPlan.Pending;
import io.fairlead.enterprise.identity.AuthorityPlan.Stage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a roll-over does on disk, step by step as {@link AuthorityPlan} draws it. Each step ends with a new plan, forced to
 * disk; a step that breaks off leaves the plan as it was. Blocks; one step at a time is the caller's duty.
 */
final class RollOverSteps {
    static final String STATEMENT = "anchors-";
    private static final String LABEL = "fairlead anchors 1";

    private final Authority authority;
    private final AuthorityFiles files;
    private final Documents documents;
    private final Clock clock;

    RollOverSteps(Authority authority, Documents documents, Clock clock) {
        this.authority = authority;
        this.files = authority.files();
        this.documents = documents;
        this.clock = clock;
    }

    /** New issuers under the present root. */
    void rollIssuers() throws IOException, GeneralSecurityException {
        AuthorityPlan plan = steady();
        X509Certificate root = issuing(plan).root();
        Optional<PrivateKey> rootKey = files.rootKey(root);
        Instant from = Authority.authorityFrom(clock);
        Map<Usage, KeyPair> keys = new EnumMap<>(Usage.class);
        Map<String, byte[]> toSign = new LinkedHashMap<>();
        for (Usage usage : Usage.values()) {
            KeyPair key = authority.template().newKey();
            keys.put(usage, key);
            toSign.put(usage.word(), authority.template().issuerToSign(root, key, usage, from, Authority.ISSUER_LIFE));
        }
        int fresh = files.next();
        files.make(fresh, folder -> {
            folder.write("root.crt", Pem.of(List.of(root)));
            for (Usage usage : Usage.values()) {
                folder.write(
                        usage.word() + ".key",
                        Pem.of(Objects.requireNonNull(keys.get(usage)).getPrivate()));
            }
        });
        Pending pending = new Pending(fresh, toSign, List.of(plan.issuing(), fresh), List.of());
        if (rootKey.isEmpty()) {
            files.write(plan.waitingFor(pending));
            return;
        }
        Map<String, byte[]> signatures = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> one : toSign.entrySet()) {
            signatures.put(one.getKey(), signed(one.getValue(), rootKey.get()));
        }
        issuersSigned(plan, pending, signatures);
    }

    /** A new root, and issuers under it. */
    void rollRoot() throws IOException, GeneralSecurityException {
        AuthorityPlan plan = steady();
        Template template = authority.template();
        Instant from = Authority.authorityFrom(clock);
        Credential root = template.root(from, Authority.ROOT_LIFE);
        int fresh = files.next();
        files.make(fresh, folder -> {
            Generation.write(folder, "root", root);
            for (Usage usage : Usage.values()) {
                Generation.write(folder, usage.word(), template.issuer(root, usage, from, Authority.ISSUER_LIFE));
            }
        });
        state(plan, fresh, List.of(plan.issuing(), fresh));
    }

    /** Takes the root's signatures, by the names of what was to be signed. */
    void sign(Map<String, byte[]> signatures) throws IOException, GeneralSecurityException {
        AuthorityPlan plan = files.plan();
        Pending pending = plan.pending();
        if (pending == null) {
            throw conflict("nothing waits for a signature");
        }
        for (Map.Entry<String, byte[]> document : pending.documents().entrySet()) {
            byte[] signature = signatures.get(document.getKey());
            if (signature == null) {
                throw new Refusal(
                        Fault.INVALID,
                        "the signature of " + document.getKey() + " is missing; to be signed are "
                                + new TreeMap<>(pending.documents()).keySet());
            }
            X509Certificate root = issuing(plan).root();
            if (!verifies(root, document.getValue(), signature)) {
                throw new Refusal(
                        Fault.INVALID,
                        "the signature of " + document.getKey() + " was not made by the key of "
                                + root.getSubjectX500Principal().getName() + " over these bytes");
            }
        }
        if (pending.isStatement()) {
            String name = pending.documents().keySet().iterator().next();
            announce(
                    plan,
                    pending,
                    Objects.requireNonNull(pending.documents().get(name)),
                    Objects.requireNonNull(signatures.get(name)));
        } else {
            issuersSigned(plan, pending, signatures);
        }
    }

    private void issuersSigned(AuthorityPlan plan, Pending pending, Map<String, byte[]> signatures)
            throws IOException, GeneralSecurityException {
        SecretFiles folder = files.of(pending.fresh());
        for (Map.Entry<String, byte[]> one : pending.documents().entrySet()) {
            X509Certificate issuer =
                    Template.assembled(one.getValue(), Objects.requireNonNull(signatures.get(one.getKey())));
            folder.replace(one.getKey() + ".crt", Pem.of(List.of(issuer)));
        }
        state(plan, pending.fresh(), pending.trusted());
    }

    /** Makes the statement of some generations, and has those roots sign it whose keys are here. */
    private void state(AuthorityPlan plan, int fresh, List<Integer> generations)
            throws IOException, GeneralSecurityException {
        Map<Integer, Generation> loaded = new TreeMap<>();
        for (int number : generations) {
            loaded.put(number, Generation.load(number, files.of(number)));
        }
        long number = plan.number() + 1;
        Anchors anchors = new Anchors();
        anchors.setLabel(LABEL);
        anchors.setNumber(number);
        anchors.setIssuedAt(clock.instant());
        for (X509Certificate one : Authority.certificates(loaded.values())) {
            anchors.getCertificate().add(Pem.der(one));
        }
        byte[] bytes = documents.write(anchors);
        List<RootSigned> signatures = new ArrayList<>();
        byte[] byPinned = null;
        for (Generation generation : loaded.values()) {
            Optional<PrivateKey> key = files.rootKey(generation.root());
            String keyId = Authority.keyId(generation.root());
            if (key.isPresent()
                    && signatures.stream().noneMatch(one -> one.keyId().equals(keyId))) {
                byte[] signature = signed(bytes, key.get());
                if (generation.root().equals(issuing(plan).root())) {
                    byPinned = signature;
                } else {
                    signatures.add(new RootSigned(keyId, signature));
                }
            }
        }
        Pending pending = new Pending(fresh, Map.of(STATEMENT + number, bytes), generations, signatures);
        if (byPinned == null) {
            files.write(plan.waitingFor(pending));
        } else {
            announce(plan, pending, bytes, byPinned);
        }
    }

    private void announce(AuthorityPlan plan, Pending pending, byte[] statement, byte[] byPinned) throws IOException {
        List<RootSigned> signatures = new ArrayList<>();
        signatures.add(new RootSigned(Authority.keyId(issuing(plan).root()), byPinned));
        signatures.addAll(pending.signatures());
        files.write(plan.announcing(new Announcement(plan.number() + 1, statement, signatures), pending.trusted()));
        for (int dropped : plan.trusted()) {
            if (!pending.trusted().contains(dropped)) {
                files.destroyIssuers(dropped);
            }
        }
    }

    /** From now on the new generation issues. */
    void switchOver() throws IOException {
        AuthorityPlan plan = files.plan();
        if (plan.stage() != Stage.ANNOUNCED) {
            throw conflict("there are no announced authorities to switch to");
        }
        files.write(plan.issuingBy(plan.trusted().get(1)));
    }

    /** Agents are to forget the generation that does not issue: the old one after the switch, the new one before it. */
    void retire() throws IOException, GeneralSecurityException {
        AuthorityPlan plan = files.plan();
        if (plan.stage() != Stage.SWITCHED && plan.stage() != Stage.ANNOUNCED) {
            throw conflict("there are no authorities to be given up");
        }
        state(plan, 0, List.of(plan.issuing()));
    }

    /** Forgets what waits for a signature; what was announced before is to be forgotten by agents as well. */
    void cancel() throws IOException, GeneralSecurityException {
        AuthorityPlan plan = files.plan();
        Pending pending = plan.pending();
        if (pending != null) {
            files.write(plan.waitingFor(null));
            if (pending.fresh() > 0) {
                files.remove(pending.fresh());
            }
        } else if (plan.stage() == Stage.ANNOUNCED) {
            retire();
        } else {
            throw conflict("there is nothing to cancel; after the switch the old authorities are retired");
        }
    }

    private AuthorityPlan steady() {
        AuthorityPlan plan = files.plan();
        if (plan.stage() != Stage.STEADY) {
            throw conflict("a roll-over is under way; `fairlead authority show` says how far it is");
        }
        return plan;
    }

    private Generation issuing(AuthorityPlan plan) {
        Generation known = authority.generations().get(plan.issuing());
        return known != null ? known : Generation.load(plan.issuing(), files.of(plan.issuing()));
    }

    private static byte[] signed(byte[] bytes, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(bytes);
        return signature.sign();
    }

    private static boolean verifies(X509Certificate root, byte[] bytes, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(root.getPublicKey());
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (GeneralSecurityException none) {
            return false;
        }
    }

    static Refusal conflict(String why) {
        return new Refusal(Fault.CONFLICT, why);
    }
}
