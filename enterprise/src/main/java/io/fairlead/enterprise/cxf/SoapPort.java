package io.fairlead.enterprise.cxf;

import javax.xml.namespace.QName;

/**
 * A port of a WSDL, as classes made from it name it.
 *
 * @param type the interface of the port type, with the annotations of JAX-WS
 * @param wsdl where the WSDL is, as a resource of the class path
 * @param port its name in the WSDL's namespace; its binding says which SOAP it speaks
 * @param address by which logs name it; nothing is bound to it
 */
public record SoapPort(Class<?> type, String wsdl, QName service, QName port, String address) {}
