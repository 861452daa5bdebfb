package io.fairlead.enterprise.publication;

import io.fairlead.enterprise.allowlist.CustomerLinks;
import io.fairlead.enterprise.allowlist.CustomerLists;
import io.fairlead.enterprise.browser.Caller;
import io.fairlead.enterprise.login.Proxies;
import java.time.Clock;

/**
 * By what customers' own lists are found.
 *
 * @param caller who is logged in, by his cookie
 * @param proxies of ours, which say for whom they ask
 */
public record Customers(CustomerLinks links, CustomerLists lists, Caller caller, Proxies proxies, Clock clock) {}
