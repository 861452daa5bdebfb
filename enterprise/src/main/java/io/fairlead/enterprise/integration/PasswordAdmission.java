package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.account.Accounts;
import io.fairlead.enterprise.account.Call;
import io.fairlead.enterprise.cxf.PackedBody.Packed;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By an account's name and password:
 * <pre>
 *   head ─▶ Basic ─▶ account ─▶ place ─▶ envelope (≤ 1 MiB, 15 s) ──────────────────────────▶
 *     └─ no Basic: stranger's place ─▶ envelope ─▶ UsernameToken ─▶ account ─▶ place ─┘
 * </pre>
 */
final class PasswordAdmission implements Admission {
    private final Accounts accounts;
    private final Proxies proxies;
    private final SecurityHeader security;
    private final Bodies bodies;
    private final Places places;

    PasswordAdmission(Accounts accounts, Proxies proxies, SecurityHeader security, Bodies bodies, Places places) {
        this.accounts = accounts;
        this.proxies = proxies;
        this.security = security;
        this.bodies = bodies;
        this.places = places;
    }

    @Override
    public Address address(HttpServerRequest request) {
        return proxies.visitor(request.remoteAddress().hostAddress(), joined(request));
    }

    private static @Nullable String joined(HttpServerRequest request) {
        var lines = request.headers().getAll("X-Forwarded-For");
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    @Override
    public Future<Packed> admit(OneCall call) {
        call.judgeHead();
        @Nullable Credentials basic = basic(call.request());
        return basic == null ? stranger(call) : known(call, basic, false).compose(in -> bodies.read(call));
    }

    private static @Nullable Credentials basic(HttpServerRequest request) {
        return Credentials.basic(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    private Future<Packed> stranger(OneCall call) {
        Turnstile.Place place = places.strangers().enter(call.address().network());
        return bodies.read(call)
                .compose(body -> {
                    Optional<Credentials> token = security.read(body.envelope(), call.wire());
                    return token.isEmpty()
                            ? Future.<Packed>failedFuture(nobody())
                            : known(call, token.get(), true).map(body);
                })
                .onComplete(done -> place.leave());
    }

    private Future<Void> known(OneCall call, Credentials said, boolean secured) {
        return accounts.judge(said.name(), said.password(), call.address(), call.named())
                .map(actor -> {
                    call.enter(actor, places.calls().enter(actor.name()), secured);
                    return null;
                });
    }

    @Override
    public Future<Actor> reader(HttpServerRequest request, Address from, Call call) {
        @Nullable Credentials said = basic(request);
        return said == null ? Future.failedFuture(nobody()) : accounts.judge(said.name(), said.password(), from, call);
    }

    private static Refusal nobody() {
        return new Refusal(Fault.ACCOUNT_REFUSED, "no authorization");
    }
}
