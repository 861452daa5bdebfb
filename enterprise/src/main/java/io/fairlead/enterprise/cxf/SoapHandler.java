package io.fairlead.enterprise.cxf;

/** What answers one call, when its request has been read and found valid. */
@FunctionalInterface
public interface SoapHandler {
    /**
     * Answers the object that the contract has as the answer, or a {@link PackedAnswer} around it. Runs on the worker
     * thread and may wait. What it throws comes out of {@link SoapEndpoint#serve}.
     *
     * @param operation its local name in the WSDL
     * @param request the object that the body's element became
     */
    Object handle(String operation, Object request) throws Exception;
}
