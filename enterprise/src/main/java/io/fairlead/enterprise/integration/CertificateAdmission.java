package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.account.Call;
import io.fairlead.enterprise.account.CertifiedAccounts;
import io.fairlead.enterprise.cxf.PackedBody.Packed;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By the client certificate of the connection, judged at every request. It is all that counts: a name that a client says
 * besides has to be that of the same account, and no password is looked at. Whom a proxy asks for is not heard: no proxy
 * that ends TLS has the client's key.
 */
final class CertificateAdmission implements Admission {
    private final CertifiedAccounts accounts;
    private final Proxies proxies;
    private final SecurityHeader security;
    private final Bodies bodies;
    private final Places places;

    CertificateAdmission(
            CertifiedAccounts accounts, Proxies proxies, SecurityHeader security, Bodies bodies, Places places) {
        this.accounts = accounts;
        this.proxies = proxies;
        this.security = security;
        this.bodies = bodies;
        this.places = places;
    }

    @Override
    public Address address(HttpServerRequest request) {
        return proxies.visitor(request.remoteAddress().hostAddress(), null);
    }

    @Override
    public Future<Packed> admit(OneCall call) {
        call.judgeHead();
        return judge(call.request(), call.address(), call.named())
                .compose(actor -> {
                    call.enter(actor, places.calls().enter(actor.name()), false);
                    mustAgree(actor, call.request());
                    return bodies.read(call);
                })
                .map(body -> {
                    security.read(body.envelope(), call.wire()).ifPresent(said -> call.secure(said.name()));
                    return body;
                });
    }

    private Future<Actor> judge(HttpServerRequest request, Address from, Call call) {
        @Nullable
        List<X509Certificate> chain = TlsOptions.peerChain(request.connection().sslSession());
        return chain == null || chain.isEmpty()
                ? Future.failedFuture(new Refusal(Fault.ACCOUNT_REFUSED, "no certificate"))
                : accounts.judge(chain.get(0), from, call);
    }

    private static void mustAgree(Actor actor, HttpServerRequest request) {
        @Nullable Credentials said = Credentials.basic(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (said != null && !actor.is(said.name())) {
            throw new Refusal(
                    Fault.ACCOUNT_REFUSED, "the Authorization header names another account than the certificate");
        }
    }

    @Override
    public Future<Actor> reader(HttpServerRequest request, Address from, Call call) {
        return judge(request, from, call).map(actor -> {
            mustAgree(actor, request);
            return actor;
        });
    }
}
