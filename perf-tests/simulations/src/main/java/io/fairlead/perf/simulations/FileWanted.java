package io.fairlead.perf.simulations;

/**
 * A file that the enterprise asked for.
 *
 * @param transfer the transfer's id
 * @param path as the instruction names it
 */
record FileWanted(String transfer, String path) {}
