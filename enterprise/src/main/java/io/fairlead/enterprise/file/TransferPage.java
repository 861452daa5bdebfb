package io.fairlead.enterprise.file;

import java.util.List;

/**
 * A page of transfers.
 *
 * @param total of all pages
 * @param page which one it is, from 1
 */
public record TransferPage(List<Transfer> transfers, int total, int page) {}
