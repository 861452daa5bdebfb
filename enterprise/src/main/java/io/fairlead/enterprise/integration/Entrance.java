package io.fairlead.enterprise.integration;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** The services at one listener. */
final class Entrance {
    private final Map<String, PublishedService> services;
    private final Gate gate;
    private final ContractPages pages;

    Entrance(Map<String, PublishedService> services, Gate gate, ContractPages pages) {
        this.services = Map.copyOf(services);
        this.gate = gate;
        this.pages = pages;
    }

    void mount(Router router) {
        for (Wire wire : Wire.values()) {
            router.post(wire.path() + ":service").handler(context -> call(context, wire));
            router.get(wire.path() + ":service").handler(this::contract);
        }
    }

    private void call(RoutingContext context, Wire wire) {
        service(context).ifPresentOrElse(one -> gate.handle(context.request(), wire, one), context::next);
    }

    private void contract(RoutingContext context) {
        service(context).ifPresentOrElse(one -> pages.handle(context.request(), one), context::next);
    }

    private Optional<PublishedService> service(RoutingContext context) {
        return Optional.ofNullable(services.get(context.pathParam("service")));
    }
}
