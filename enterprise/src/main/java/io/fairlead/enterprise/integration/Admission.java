package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.account.Call;
import io.fairlead.enterprise.cxf.PackedBody.Packed;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** How a listener knows who calls, and lets him in. */
interface Admission {
    /** Where a request comes from. */
    Address address(HttpServerRequest request);

    /** Judges a call's head and its caller, finds a place for it, and reads its envelope. Fails with a Refusal, or throws one. */
    Future<Packed> admit(OneCall call);

    /** Who asks for a contract. Fails with a Refusal, or throws one. */
    Future<Actor> reader(HttpServerRequest request, Address from, Call call);
}
