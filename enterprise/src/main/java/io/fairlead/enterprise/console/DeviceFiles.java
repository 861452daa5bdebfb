package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.file.FileName;
import io.fairlead.enterprise.file.Offer;
import io.fairlead.enterprise.file.Protection;
import io.fairlead.enterprise.file.Transfer;
import java.time.Duration;
import java.util.List;

/**
 * The files of a device.
 *
 * @param transfers those that go on, then the newest
 * @param upload the form that asks for a file
 * @param pack the form that asks for a package
 * @param send the form that sends a file
 */
public record DeviceFiles(DeviceHead head, List<Transfer> transfers, int limit, Form upload, Form pack, Form send) {
    public DeviceFiles {
        transfers = List.copyOf(transfers);
    }

    public boolean hasMore() {
        return transfers.size() >= limit;
    }

    /** The name of the file, fit to be shown and kept. */
    public static String name(Transfer one) {
        Offer offer = one.offer();
        if (offer != null) {
            return FileName.of(offer.name(), one.id().value()).value();
        }
        return switch (one.direction()) {
            case PACKAGE -> "Diagnostic package";
            case UPLOAD, RECEIVE -> Shown.brief(one.asked());
        };
    }

    public static String direction(Transfer one) {
        return switch (one.direction()) {
            case UPLOAD -> "from the device";
            case PACKAGE -> "package from the device";
            case RECEIVE -> "to the device";
        };
    }

    public static String size(Transfer one) {
        Offer offer = one.offer();
        return offer == null ? "" : Shown.bytes((double) offer.size());
    }

    public static boolean isSealed(Transfer one) {
        Offer offer = one.offer();
        return offer != null && offer.protection() == Protection.CMS;
    }

    public static String state(Transfer one) {
        return switch (one.state()) {
            case REQUESTED -> "waiting";
            case OFFERED -> "begins";
            case RUNNING -> "moving";
            case DONE -> "done";
            case FAILED -> "failed";
            case REFUSED -> "refused";
            case CANCELLED -> "cancelled";
        };
    }

    public static String tone(Transfer one) {
        return switch (one.state()) {
            case REQUESTED, OFFERED, RUNNING -> "busy";
            case DONE -> "good";
            case FAILED -> "bad";
            case REFUSED -> "warn";
            case CANCELLED -> "off";
        };
    }

    /** How much is there, 0 to 100. */
    public static int percent(Transfer one) {
        Offer offer = one.offer();
        return offer == null || offer.size() == 0 ? 0 : (int) (100 * one.moved() / offer.size());
    }

    /** Such as "12 MB of 40 MB, 1.2 MB/s, 23 s left". */
    public String progress(Transfer one) {
        Offer offer = one.offer();
        if (offer == null) {
            return "";
        }
        StringBuilder text =
                new StringBuilder(Shown.bytes((double) one.moved()) + " of " + Shown.bytes((double) offer.size()));
        long rate = one.rateAt(head.now());
        if (rate > 0) {
            text.append(", ").append(Shown.bytes((double) rate)).append("/s, ");
            text.append(Shown.span(Duration.ofSeconds((offer.size() - one.moved() + rate - 1) / rate)))
                    .append(" left");
        }
        return text.toString();
    }
}
