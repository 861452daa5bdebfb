package io.fairlead.enterprise.identity;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;

/** How an attempt at a code ended; committed in either case. */
sealed interface Redemption {
    /** What the device is answered. */
    Future<X509Certificate> answer();

    /** The device's certificate, made now or before. */
    record Granted(String device, X509Certificate certificate) implements Redemption {
        @Override
        public Future<X509Certificate> answer() {
            return Future.succeededFuture(certificate);
        }
    }

    /** All reasons look alike from outside. */
    record Denied(String why) implements Redemption {
        @Override
        public Future<X509Certificate> answer() {
            return Future.failedFuture(new Refusal(Fault.ENROLMENT_REFUSED, why));
        }
    }
}
