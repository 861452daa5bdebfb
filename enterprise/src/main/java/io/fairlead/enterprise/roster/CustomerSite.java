package io.fairlead.enterprise.roster;

/** A site of a customer, and how many of the devices in view are there. Two customers may have sites of one name. */
public record CustomerSite(String customer, String site, int devices) {}
