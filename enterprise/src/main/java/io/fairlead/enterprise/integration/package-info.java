/**
 * The integration lane: SOAP services for systems that are already there, on the people's listener. Each call passes
 * {@link io.fairlead.enterprise.integration.Gate} on the event loop, then CXF on a worker thread (room {@code cxf}), then a
 * service's operation on the event loop, which calls the same features as the console does; rights and audit are decided
 * there. Whatever goes wrong becomes a typed fault in {@link io.fairlead.enterprise.integration.FaultAnswers}.
 *
 * <p><b>A new service</b> is one small class that implements {@link io.fairlead.enterprise.integration.IntegrationService},
 * and one line in {@code app} (IntegrationRoom):
 *
 * <pre>
 *   contract()            AlarmService.class                          the class that was made from its WSDL
 *   answer(operations)    operations.answer(Find.class, this::find)   for each operation, by its element's class
 *   find(caller, request) alarms.find(caller.actor(), …).map(found → FindResponse)     never waits, never decides
 * </pre>
 *
 * Bulk operations go through {@link io.fairlead.enterprise.integration.Bulk}, pages through {@link
 * io.fairlead.enterprise.integration.Paging}. A {@code Refusal} is all that is needed to refuse; addresses, WSDLs, both SOAP
 * versions, metrics and faults come by themselves. The start stops when an operation of the contract is not answered.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.integration;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
