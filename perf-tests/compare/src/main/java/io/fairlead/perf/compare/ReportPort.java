package io.fairlead.perf.compare;

import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;

/** The operation Report of the agents' channel, as CXF's users write it down. */
@WebService(name = "AgentChannel", targetNamespace = "urn:fairlead:agent-channel:1:wsdl")
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
public interface ReportPort {
    @WebMethod(operationName = "Report", action = "urn:fairlead:agent-channel:1/Report")
    @WebResult(name = "ReportResponse", targetNamespace = "urn:fairlead:agent-channel:1", partName = "parameters")
    ReportResponse report(
            @WebParam(name = "Report", targetNamespace = "urn:fairlead:agent-channel:1", partName = "parameters")
                    Report report);
}
