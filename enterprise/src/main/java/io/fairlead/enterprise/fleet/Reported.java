package io.fairlead.enterprise.fleet;

/**
 * What a report says of a device's contact.
 *
 * @param clockOffsetMillis the device's clock minus the server's
 * @param dropped messages of the report's epoch that the agent's full spool has dropped so far
 */
public record Reported(DeviceId device, long clockOffsetMillis, long dropped) {}
