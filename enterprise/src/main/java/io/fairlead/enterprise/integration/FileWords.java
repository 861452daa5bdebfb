package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.file.Direction;
import io.fairlead.contract.integration.file.Protection;
import io.fairlead.contract.integration.file.Transfer;
import io.fairlead.contract.integration.file.TransferCriteria;
import io.fairlead.contract.integration.file.TransferList;
import io.fairlead.contract.integration.file.TransferPage;
import io.fairlead.contract.integration.file.TransferSort;
import io.fairlead.contract.integration.file.TransferState;
import io.fairlead.enterprise.file.Offer;
import io.fairlead.enterprise.file.TransferQuery;
import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The contract's words for transfers, and ours. Both enums have the same names. */
final class FileWords {
    private static final int LONGEST_DETAIL = 1_024;

    private FileWords() {}

    static TransferQuery query(TransferCriteria wanted, Paging paging) {
        return new TransferQuery(
                wanted.getDevice() == null ? null : new DeviceId(wanted.getDevice()),
                wanted.getDirection().stream()
                        .map(one -> io.fairlead.enterprise.file.Direction.valueOf(one.name()))
                        .collect(Collectors.toUnmodifiableSet()),
                wanted.getState().stream()
                        .map(one -> io.fairlead.enterprise.file.TransferState.valueOf(one.name()))
                        .collect(Collectors.toUnmodifiableSet()),
                wanted.getRequestedFrom(),
                wanted.getRequestedTo(),
                sort(wanted.getSortPropertyName()),
                !paging.ascending(),
                paging.number(),
                paging.size());
    }

    private static TransferQuery.Sort sort(@Nullable TransferSort by) {
        if (by == null) {
            return TransferQuery.Sort.REQUESTED;
        }
        return switch (by) {
            case REQUESTED_AT -> TransferQuery.Sort.REQUESTED;
            case DEVICE -> TransferQuery.Sort.DEVICE;
            case SIZE -> TransferQuery.Sort.SIZE;
        };
    }

    static TransferPage page(io.fairlead.enterprise.file.TransferPage found, int size, Instant now) {
        TransferList list = new TransferList();
        found.transfers().forEach(one -> list.getTransfer().add(transfer(one, now)));
        TransferPage page = new TransferPage();
        page.setTotalCount(found.total());
        page.setPageNumber(found.page());
        page.setPageSize(size);
        page.setTransfers(list);
        return page;
    }

    static Transfer transfer(io.fairlead.enterprise.file.Transfer one, Instant now) {
        Transfer transfer = new Transfer();
        transfer.setId(one.id().value());
        transfer.setDevice(one.device().value());
        transfer.setDirection(Direction.valueOf(one.direction().name()));
        transfer.setPath(one.asked().isEmpty() ? null : one.asked());
        Offer offer = one.offer();
        if (offer != null) {
            transfer.setFileName(offer.name());
            transfer.setSize(offer.size());
            transfer.setSha256(offer.sha256());
            transfer.setProtection(Protection.valueOf(offer.protection().name()));
        }
        transfer.setState(TransferState.valueOf(one.state().name()));
        transfer.setMoved(one.moved());
        transfer.setBytesPerSecond(one.rateAt(now));
        transfer.setReadable(one.isReadable());
        transfer.setRequestedBy(one.requestedBy());
        transfer.setReason(one.reason());
        transfer.setDetail(shortened(one.detail()));
        transfer.setRequestedAt(one.requestedAt());
        transfer.setBegunAt(one.begunAt());
        transfer.setEndedAt(one.endedAt());
        return transfer;
    }

    /** A device's words may be longer than the contract's. */
    private static @Nullable String shortened(@Nullable String detail) {
        return detail == null || detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
    }
}
