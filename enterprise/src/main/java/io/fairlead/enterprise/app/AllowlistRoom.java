package io.fairlead.enterprise.app;

import io.fairlead.enterprise.allowlist.Allowlists;
import io.fairlead.enterprise.allowlist.Edition;
import io.fairlead.enterprise.allowlist.ListSigner;
import io.fairlead.enterprise.allowlist.LiveHost;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.identity.AllowlistSigner;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What customers' firewalls are to let out. */
final class AllowlistRoom {
    private AllowlistRoom() {}

    /**
     * @param catalogue the operator's; empty for the one that is shipped
     * @param live what this node listens on
     */
    static Allowlists open(
            Optional<Path> catalogue,
            List<LiveHost> live,
            AllowlistSigner signer,
            Database database,
            Audit audit,
            Blocking blocking,
            Timers timers,
            Clock clock) {
        return new Allowlists(database, catalogue, live, signer(signer), audit, blocking, timers, clock);
    }

    private static ListSigner signer(AllowlistSigner keys) {
        return new ListSigner() {
            @Override
            public Edition.Signature sign(byte[] document) {
                AllowlistSigner.Signed by = keys.sign(document);
                return new Edition.Signature(by.signature(), by.chain());
            }

            @Override
            public boolean isOfToday(Edition.Signature signature) {
                return keys.isOfToday(signature.signer());
            }
        };
    }
}
