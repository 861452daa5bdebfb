package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Moments;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.roster.Deed;
import io.fairlead.enterprise.roster.DeedFilter;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.status.CsvText;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was done here, by whom, when and why: the audit of devices, in sentences, for those whose devices they are. */
public final class RecordPages implements Pages {
    private static final Access SEE = Access.to(Action.SEE_RECORD);
    private static final int SHOWN = 100;
    private static final int LONGEST = 100;

    private static final String HEAD = "\uFEFFat,device,customer,site,who,organisation,what,reason,code,detail\r\n";

    private final Roster roster;
    private final Audit audit;

    public RecordPages(Roster roster, Audit audit) {
        this.roster = roster;
        this.audit = audit;
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Record", "/record", "audit", "r", SEE));
        doors.get("/record", SEE, this::list);
        doors.get("/record.csv", SEE, this::file);
    }

    private Future<Answer> list(Visit visit) {
        Form query = visit.query();
        DeedFilter filter = filter(query);
        boolean ofCustomer =
                visit.may().grants().stream().allMatch(grant -> grant.role().isOfCustomer());
        if (!query.ok()) {
            return Future.succeededFuture(Answer.mend(
                    "console/record.jte", new RecordView(query, new Deed.Page(List.of(), false), ofCustomer)));
        }
        return roster.deeds(visit.actor(), filter, SHOWN)
                .map(page -> Answer.show("console/record.jte", new RecordView(query, page, ofCustomer)));
    }

    private static DeedFilter filter(Form query) {
        ZoneId zone = zone(query.value("zone"));
        LocalDate to = query.date("to").orElse(null);
        return new DeedFilter(
                query.text("device", 0, LONGEST),
                query.text("who", 0, LONGEST),
                begin(query.date("from").orElse(null), zone),
                begin(to == null ? null : to.plusDays(1), zone),
                query.ticked("people"),
                query.value("before").matches("[0-9]{1,18}") ? Long.valueOf(query.value("before")) : null);
    }

    private static @Nullable Instant begin(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }

    /** The viewer's zone, as his browser says. */
    private static ZoneId zone(String said) {
        try {
            return said.isEmpty() ? ZoneOffset.UTC : ZoneId.of(said);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** Noted before the first line goes out. What is done meanwhile is not in it. */
    private Future<Answer> file(Visit visit) {
        DeedFilter filter = filter(visit.query());
        if (!visit.query().ok()) {
            return list(visit);
        }
        return roster.countDeeds(visit.actor(), filter)
                .compose(count -> audit.record(new AuditEntry(
                                visit.actor().audited(),
                                AuditCode.RECORD_EXPORTED,
                                "",
                                "entries=" + count.deeds() + " filter=" + words(visit.query())))
                        .map(noted -> FleetPages.csv(
                                "record.csv",
                                sink -> sink.apply(Buffer.buffer(HEAD))
                                        .compose(begun ->
                                                pages(visit.actor(), filter.before(count.newest() + 1), sink)))));
    }

    private Future<Void> pages(Actor actor, DeedFilter filter, Function<Buffer, Future<Void>> sink) {
        return roster.deeds(actor, filter, Roster.MOST_DEEDS).compose(page -> {
            Buffer lines = Buffer.buffer();
            page.deeds().forEach(deed -> lines.appendString(line(deed)));
            Future<Void> taken = lines.length() == 0 ? Future.succeededFuture() : sink.apply(lines);
            return page.more() ? taken.compose(next -> pages(actor, filter.before(page.last()), sink)) : taken;
        });
    }

    private static String words(Form query) {
        String asked = RecordView.NAMES.stream()
                .filter(name -> !query.value(name).isBlank())
                .map(name -> name + "=" + query.value(name))
                .collect(Collectors.joining("&"));
        return asked.isEmpty() ? "none" : asked;
    }

    private static String line(Deed deed) {
        return Stream.of(
                                Moments.iso(deed.at()),
                                deed.device().value(),
                                deed.customer(),
                                deed.site(),
                                DeedWords.who(deed),
                                deed.organisation() == null ? "" : deed.organisation(),
                                DeedWords.sentence(deed),
                                DeedWords.reason(deed),
                                deed.code(),
                                deed.detail())
                        .map(CsvText::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
