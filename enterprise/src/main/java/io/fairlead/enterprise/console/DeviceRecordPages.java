package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.people.Action;
import io.vertx.core.Future;

/** A device's own part of the audit. */
final class DeviceRecordPages implements Pages {
    private static final int SHOWN = 100;

    private final DeviceHeads heads;
    private final DeviceRecords records;

    DeviceRecordPages(DeviceHeads heads, DeviceRecords records) {
        this.heads = heads;
        this.records = records;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/record", Access.to(Action.SEE_RECORD), this::show);
    }

    private Future<Answer> show(Visit visit) {
        int limit = visit.query().value("all").isEmpty() ? SHOWN : Audit.MOST_ROWS;
        return heads.of(visit, DeviceTab.RECORD)
                .compose(head -> records.list(
                                visit.actor(), limit, head.device().id())
                        .map(rows -> Answer.show("console/deviceRecord.jte", new DeviceRecord(head, rows, limit))));
    }
}
