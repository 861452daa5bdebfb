package io.fairlead.enterprise.cxf;

import java.io.IOException;

/** A published port. */
public final class SoapEndpoint {
    private final SoapDestination destination;

    SoapEndpoint(SoapDestination destination) {
        this.destination = destination;
    }

    /**
     * Serves one call on the worker thread that calls this. Then whoever called this ends the answer ({@link ReplyStream#end}).
     * Nothing has gone out when it fails, unless {@link ReplyStream#begun} says so: then the connection has to be closed.
     *
     * @throws io.fairlead.soap.Refusal for whatever the caller is to blame for, and what the handler refused
     * @throws IOException when the caller has gone
     * @throws Exception what the handler threw, or went wrong with its answer
     */
    public void serve(SoapCall call) throws Exception {
        try {
            destination.run(call);
        } catch (Exception e) {
            throw SoapFailures.meaning(e, call.invoked());
        }
    }
}
