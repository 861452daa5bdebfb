package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;

/** The question before something is said about a device as a whole. */
public record DeviceStanding(DeviceHead head, StandingDeed deed, Form form) {}
