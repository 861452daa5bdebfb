package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.cxf.Attachment;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Whoever calls an operation.
 *
 * @param actor whom features judge
 * @param address from which he calls
 * @param correlation of the call: what is logged about it says this, and so does a fault; 32 hexadecimal digits
 * @param call what he calls: {@code DeviceService.Find}
 * @param refusals where is kept what he may not
 * @param packs whether he sent his request as multipart/related, and so can read such an answer
 * @param attachment what he sends behind his envelope; null when nothing
 */
public record Caller(
        Actor actor,
        String address,
        String correlation,
        String call,
        RefusedDeeds refusals,
        boolean packs,
        @Nullable Attachment attachment) {
    /** Has the audit say that he may not, when that is what it is about; never fails. */
    Future<Void> refused(Throwable why) {
        return refusals.note(this, why);
    }
}
