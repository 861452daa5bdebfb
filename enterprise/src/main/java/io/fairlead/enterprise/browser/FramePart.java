package io.fairlead.enterprise.browser;

/**
 * A word in the corner of every page that some pages' room fills: it is asked for when a page is there, and again when
 * something of its topic has changed.
 *
 * @param path of the fragment
 * @param topic as {@code Changes} names it
 * @param access who sees it
 */
public record FramePart(String path, String topic, Access access) {}
