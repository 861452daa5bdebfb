package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.file.FileName;
import io.fairlead.enterprise.file.Offer;
import io.fairlead.enterprise.file.Transfer;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.file.Transfers;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** Files from and to a device. */
final class DeviceFilePages implements Pages {
    private static final int SHOWN = 50;
    private static final int MOST = 1_000;
    private static final String TEMPLATE = "console/deviceFiles.jte";

    private final DeviceHeads heads;
    private final Transfers transfers;

    DeviceFilePages(DeviceHeads heads, Transfers transfers) {
        this.heads = heads;
        this.transfers = transfers;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/files", Access.to(Action.SEE_DATA), this::show);
        doors.get("/devices/:device/files/list", Access.to(Action.SEE_DATA), this::list);
        doors.get("/devices/:device/files/:transfer/content", Access.to(Action.READ_FILE), this::content);
        doors.post("/devices/:device/files/upload", Access.to(Action.MOVE_FILE), this::upload);
        doors.post("/devices/:device/files/package", Access.to(Action.MOVE_FILE), this::diagnosticPackage);
        doors.post("/devices/:device/files/:transfer/cancel", Access.to(Action.STOP), this::cancel);
    }

    private Future<Answer> show(Visit visit) {
        return page(visit, visit.query(), Form.blank()).map(view -> Answer.show(TEMPLATE, view));
    }

    private Future<Answer> list(Visit visit) {
        return page(visit, Form.blank(), Form.blank()).map(view -> Answer.show("console/deviceFileList.jte", view));
    }

    private Future<DeviceFiles> page(Visit visit, Form upload, Form pack) {
        int limit = visit.query().value("all").isEmpty() ? SHOWN : MOST;
        return heads.of(visit, DeviceTab.FILES)
                .compose(head -> transfers
                        .list(visit.actor(), head.device().id(), limit)
                        .map(list -> new DeviceFiles(head, list, limit, upload, pack, Form.blank())));
    }

    private Future<Answer> upload(Visit visit) {
        Form form = visit.form();
        String path = form.text("path", 1, 512);
        String reason = DeviceInstructionPages.reason(form, "reason");
        if (!form.ok()) {
            return page(visit, form, Form.blank()).map(view -> Answer.mend(TEMPLATE, view));
        }
        return asked(visit, () -> transfers.upload(visit.actor(), DeviceHeads.id(visit), path, reason))
                .recover(failure -> mended(failure, form, page(visit, form, Form.blank())));
    }

    private Future<Answer> diagnosticPackage(Visit visit) {
        Form form = visit.form();
        String reason = DeviceInstructionPages.reason(form, "packageReason");
        if (!form.ok()) {
            return page(visit, Form.blank(), form).map(view -> Answer.mend(TEMPLATE, view));
        }
        return asked(visit, () -> transfers.diagnosticPackage(visit.actor(), DeviceHeads.id(visit), reason))
                .recover(failure -> mended(failure, form, page(visit, Form.blank(), form)));
    }

    private interface Asking {
        Future<Transfer> ask();
    }

    /** Characters that do not fit are refused while the wish is made. */
    private static Future<Answer> asked(Visit visit, Asking asking) {
        try {
            return asking.ask()
                    .map(
                            one -> back(visit)
                                    .saying(
                                            Toast.done(
                                                    "The device is asked. Whether it sends the file, the customer's own rules decide.")));
        } catch (Refusal unfit) {
            return Future.failedFuture(unfit);
        }
    }

    private static Future<Answer> mended(Throwable failure, Form form, Future<DeviceFiles> page) {
        boolean unfit = failure instanceof Refusal refusal && refusal.fault() == Fault.INVALID;
        String why = unfit
                ? "Path and reason take no characters that turn writing round or hide."
                : DeviceInstructionPages.whyNot(failure);
        if (why.isEmpty()) {
            return Future.failedFuture(failure);
        }
        form.fault("", why);
        return page.map(view -> Answer.mend(TEMPLATE, view));
    }

    private Future<Answer> cancel(Visit visit) {
        return one(visit)
                .compose(one -> transfers.cancel(visit.actor(), one.id()))
                .map(one -> back(visit).saying(Toast.done("The transfer is cancelled.")))
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT
                        ? Future.succeededFuture(back(visit).saying(Toast.fault("The transfer was over already.")))
                        : Future.failedFuture(failure));
    }

    private Future<Answer> content(Visit visit) {
        return one(visit).map(one -> {
            Offer offer = one.offer();
            if (offer == null) {
                throw new Refusal(Fault.CONFLICT, "transfer=" + one.id() + " has no file");
            }
            FileName name = FileName.of(offer.name(), one.id().value());
            return Answer.file(
                    name.attachment(), "application/octet-stream", offer.size(), sink -> written(visit, one, 0, sink));
        });
    }

    /** One piece after the other, as fast as the browser takes them. */
    private Future<Void> written(Visit visit, Transfer one, long offset, Function<Buffer, Future<Void>> sink) {
        return transfers
                .read(visit.actor(), one.id(), offset)
                .compose(bytes -> bytes.length == 0
                        ? Future.succeededFuture()
                        : sink.apply(Buffer.buffer(bytes))
                                .compose(taken -> written(visit, one, offset + bytes.length, sink)));
    }

    /** The transfer of the path, if it is of this device. */
    private Future<Transfer> one(Visit visit) {
        DeviceId device = DeviceHeads.id(visit);
        return transfers
                .get(visit.actor(), new TransferId(visit.part("transfer")))
                .map(one -> {
                    if (!one.device().equals(device)) {
                        throw new Refusal(Fault.NOT_FOUND, "transfer=" + one.id() + " is of another device");
                    }
                    return one;
                });
    }

    private static Answer back(Visit visit) {
        return Answer.go("/devices/" + DeviceHeads.id(visit) + "/files");
    }
}
