package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;

/**
 * The certificates of all keys that sign or signed instructions, on any node: an instruction may be delivered by another
 * node than the one that signed it, and after its signer has a new key.
 */
public final class SignerCertificates {
    private final SignerCertificateStore store = new SignerCertificateStore();

    /** Keeps the signer's certificate, in the transaction that keeps what it signed. */
    public Future<Void> keep(SqlConnection connection, SignedBytes signed) {
        return store.insert(connection, signed);
    }

    /** The certificates of these keys, DER, in order of key id; those that were never kept are missing. */
    public Future<List<byte[]>> find(SqlClient client, Collection<String> keyIds) {
        return store.find(client, keyIds);
    }
}
