package io.fairlead.enterprise.allowlist;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Signs nothing, and says who would have.
 *
 * @param today whose signatures are good today
 */
record TestSigner(AtomicReference<String> today) implements ListSigner {
    TestSigner() {
        this(new AtomicReference<>("signer"));
    }

    @Override
    public Edition.Signature sign(byte[] document) {
        return new Edition.Signature("AAAA", today + " of " + document.length);
    }

    @Override
    public boolean isOfToday(Edition.Signature signature) {
        return signature.signer().startsWith(today + " ");
    }
}
