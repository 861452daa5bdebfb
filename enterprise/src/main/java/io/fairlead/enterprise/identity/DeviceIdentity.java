package io.fairlead.enterprise.identity;

import java.time.Instant;

/**
 * Who a judged certificate stands for.
 *
 * @param device the device's id
 * @param serial of the certificate, 32 hexadecimal digits
 * @param epoch of the device's enrolment, 32 hexadecimal digits
 * @param notAfter until when the certificate is good
 */
public record DeviceIdentity(String device, String serial, String epoch, Instant notAfter) {}
