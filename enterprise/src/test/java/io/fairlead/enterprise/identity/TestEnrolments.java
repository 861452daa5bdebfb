package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.kernel.Database;
import java.security.KeyPair;
import java.security.cert.X509Certificate;

/** Certificates of devices without a code, for the tests of rooms above. */
public final class TestEnrolments {
    private TestEnrolments() {}

    public static X509Certificate enrol(
            Database database, DeviceCertificates certificates, String device, String epoch, KeyPair key)
            throws Exception {
        CertificateRequest request = CertificateRequest.parse(TestRequests.plain(key));
        return await(database.inTransaction(connection -> certificates.enrol(connection, device, epoch, request)));
    }
}
