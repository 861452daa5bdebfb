package io.fairlead.enterprise.agentlane;

import io.fairlead.contract.InstantAdapter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The contract for whoever writes an agent: {@code /agent?wsdl}, with the address of this server, and its schema. */
public final class ContractPages {
    private static final String SCHEMA = "agent-channel.xsd";
    private static final String EXAMPLE = "https://agents.example:8444/agent";

    private final String wsdl;
    private final String schema;

    /** @param agents the URL of the agents' listener, without a path */
    public ContractPages(String agents) {
        wsdl = resource("agent-channel.wsdl").replace(EXAMPLE, agents + AgentLane.PATH);
        schema = resource(SCHEMA);
    }

    /** Adds the pages to the people's router. */
    public void mount(Router router) {
        router.get(AgentLane.PATH).handler(this::wsdl);
        router.get("/" + SCHEMA).handler(context -> send(context, schema));
    }

    private void wsdl(RoutingContext context) {
        if ("wsdl".equalsIgnoreCase(context.request().query())) {
            send(context, wsdl);
        } else {
            context.next();
        }
    }

    private static void send(RoutingContext context, String xml) {
        var sent = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/xml; charset=utf-8")
                .end(xml);
        sent.onFailure(context::fail);
    }

    private static String resource(String name) {
        try (InputStream in = InstantAdapter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the contract's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
