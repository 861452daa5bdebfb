package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.data.Aggregates;
import io.fairlead.contract.integration.data.Bucket;
import io.fairlead.contract.integration.data.BucketList;
import io.fairlead.contract.integration.data.Change;
import io.fairlead.contract.integration.data.ChangeList;
import io.fairlead.contract.integration.data.Changes;
import io.fairlead.contract.integration.data.HistoryPage;
import io.fairlead.contract.integration.data.HistoryValue;
import io.fairlead.contract.integration.data.HistoryValueList;
import io.fairlead.contract.integration.data.Value;
import io.fairlead.contract.integration.data.ValueList;
import io.fairlead.contract.integration.data.ValuePage;
import io.fairlead.enterprise.status.DeviceValue;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.LatestValue;
import io.fairlead.enterprise.status.Series;
import io.fairlead.enterprise.status.Values;

/** The contract's words for what devices measure, and ours. */
final class DataWords {
    private DataWords() {}

    static ValuePage page(Values.Page found, int size) {
        ValueList list = new ValueList();
        found.values().forEach(each -> list.getValue().add(value(each)));
        ValuePage page = new ValuePage();
        page.setTotalCount(found.total());
        page.setPageNumber(found.page());
        page.setPageSize(size);
        page.setValues(list);
        return page;
    }

    private static Value value(DeviceValue each) {
        LatestValue latest = each.value();
        Value value = new Value();
        value.setDevice(each.device().value());
        value.setItem(latest.item());
        value.setNumber(latest.number());
        value.setText(latest.text());
        value.setUnit(latest.unit());
        value.setObservedAt(latest.observedAt());
        value.setReceivedAt(latest.receivedAt());
        return value;
    }

    static HistoryPage page(History.Page found) {
        HistoryValueList list = new HistoryValueList();
        found.values().forEach(each -> {
            HistoryValue value = new HistoryValue();
            value.setNumber(each.number());
            value.setText(each.text());
            value.setObservedAt(each.observedAt());
            value.setReceivedAt(each.receivedAt());
            list.getValue().add(value);
        });
        HistoryPage page = new HistoryPage();
        page.setUnit(found.unit());
        page.setValues(list);
        History.Place next = found.next();
        page.setNext(next == null ? null : Cursors.of(next.receivedAt(), next.skip()));
        return page;
    }

    static Aggregates aggregates(History.Aggregates found) {
        BucketList list = new BucketList();
        found.buckets().forEach(each -> list.getBucket().add(bucket(each)));
        Aggregates aggregates = new Aggregates();
        aggregates.setBucketSeconds(Math.toIntExact(found.width().toSeconds()));
        aggregates.setUnit(found.unit());
        aggregates.setBuckets(list);
        return aggregates;
    }

    private static Bucket bucket(Series.Bucket each) {
        Bucket bucket = new Bucket();
        bucket.setFrom(each.from());
        bucket.setLeast(each.least());
        bucket.setAverage(each.average());
        bucket.setMost(each.most());
        bucket.setCount(Math.toIntExact(each.count()));
        return bucket;
    }

    static Changes changes(Series.States found) {
        ChangeList list = new ChangeList();
        found.states().forEach(each -> {
            Change change = new Change();
            change.setSince(each.since());
            change.setText(each.text());
            list.getChange().add(change);
        });
        Changes changes = new Changes();
        changes.setChanges(list);
        changes.setMore(found.cut());
        return changes;
    }
}
