package io.fairlead.enterprise.console;

import io.fairlead.enterprise.status.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The same as the charts, to be read line by line. */
public record DeviceHistoryTable(DeviceHistory history, List<Part> parts) {
    private static final int MOST = 500;

    /**
     * One item.
     *
     * @param how what a line stands for
     * @param bands whether a line has a least and a most
     * @param cut how many lines are left out at the beginning
     */
    public record Part(DeviceHistory.Item item, String how, boolean bands, List<Line> lines, int cut) {}

    /**
     * A value, or some taken together.
     *
     * @param value the value, or the average
     */
    public record Line(Instant at, String least, String value, String most) {}

    static Part part(DeviceHistory.Item item, Series series) {
        List<Line> lines = new ArrayList<>();
        String how;
        boolean bands = false;
        if (series instanceof Series.Raw raw) {
            how = "every value";
            raw.samples().forEach(one -> lines.add(new Line(one.at(), "", Shown.number(one.value(), item.unit()), "")));
        } else if (series instanceof Series.Buckets buckets) {
            how = Shown.span(buckets.width()) + " a line";
            bands = true;
            buckets.buckets()
                    .forEach(one -> lines.add(new Line(
                            one.from(),
                            Shown.number(one.least(), item.unit()),
                            Shown.number(one.average(), item.unit()),
                            Shown.number(one.most(), item.unit()))));
        } else {
            how = "every change";
            ((Series.States) series)
                    .states()
                    .forEach(one -> lines.add(new Line(one.since(), "", Shown.brief(one.text()), "")));
        }
        int cut = Math.max(0, lines.size() - MOST);
        return new Part(item, how, bands, List.copyOf(lines.subList(cut, lines.size())), cut);
    }
}
