/**
 * Apache CXF on the Vert.x server, without a servlet container: a transport of our own that takes one request at a time on
 * a worker thread, reads its body as it comes and writes the answer as fast as the caller takes it. The room knows SOAP and
 * nothing of what is called: {@link io.fairlead.enterprise.cxf.SoapEngine} publishes a port of a WSDL,
 * {@link io.fairlead.enterprise.cxf.SoapEndpoint} serves its calls.
 *
 * <pre>
 *   request ─ HeldBody, PackedBody ─▶ SoapDestination ─▶ GuardedXml ─▶ schema, JAXB ─▶ SoapDispatch ─▶ {@link
 * io.fairlead.enterprise.cxf.SoapHandler}
 *   response ◀─ ReplyStream ◀─ JAXB ◀────────────────────────────────────────┘
 * </pre>
 * CXF never writes a fault: whatever fails comes back as an exception, and who called says what goes out.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.cxf;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
