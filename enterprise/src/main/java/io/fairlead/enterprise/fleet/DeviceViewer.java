package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Person;

/**
 * Somebody who may see a device, or would but for a training.
 *
 * @param see why, or why not
 * @param instruct whether he may also have it do something, and what he lacks when not
 */
public record DeviceViewer(Person person, Entitlement.Reason see, Entitlement.Reason instruct) {}
