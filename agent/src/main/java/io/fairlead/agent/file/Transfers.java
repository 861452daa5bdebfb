package io.fairlead.agent.file;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.agent.link.Link;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.TransferOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transfers of this device. An order begins one: what {@code site.conf} says, the path and the room for it are judged,
 * the transfer is forced to disk, and the order is done; threads carry it from there, over restarts, until it has ended and
 * the enterprise knows. Thread-safe.
 */
public final class Transfers implements AutoCloseable {
    /** Transfers at a time; one more is refused. */
    static final int MOST = 64;

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

    private final Desk desk;
    private final String device;
    private final Preparing preparing;
    private final Workers workers;
    private final Map<String, Carrying> open = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * @param folder where transfers are kept; made when the first begins
     * @param parts what a diagnostic package takes in
     */
    public Transfers(
            Path folder,
            FileRules rules,
            SiteWord word,
            Link link,
            String device,
            DiskFloor disks,
            List<PackagePart> parts,
            Clock clock,
            LocalAudit audit) {
        this.desk = new Desk(
                rules,
                word,
                Walk.ofSystem(),
                new TransferFolder(folder),
                new TransferLine(link, device),
                new Pacer(rules.rate(), System::nanoTime, TimeUnit.NANOSECONDS::sleep),
                disks,
                clock,
                audit,
                () -> stopping);
        this.device = device;
        this.preparing = new Preparing(desk, parts, device);
        this.workers = new Workers(
                rules.parallel(),
                System::nanoTime,
                over -> open.remove(over.transfer().id(), over));
    }

    /** Takes up what an earlier run left. */
    public void start() {
        try {
            for (Transfer each : desk.folder().all()) {
                LOG.info(
                        "transfer=resumed id={} way={} phase={}",
                        each.id(),
                        each.way().word(),
                        each.phase());
                carry(each);
            }
        } catch (IOException e) {
            LOG.error(
                    "transfers=unreadable folder={} cause=\"{}\"", desk.folder().folder(), e.toString());
        }
        workers.start();
    }

    private void carry(Transfer transfer) {
        Carrying carrying = transfer.way() == Transfer.Way.RECEIVE
                ? new Fetching(desk, transfer)
                : new Sending(desk, transfer, preparing);
        open.put(transfer.id(), carrying);
        workers.add(carrying);
    }

    // Orders
    // ------------------------------------------------------------------------------------------------------------

    /** An order to send a file. */
    public Handled upload(Order order) throws IOException {
        return begin(Transfer.Way.UPLOAD, () -> {
            String id = order.getUpload().getTransfer();
            Located file = Located.upload(desk, order.getUpload().getPath());
            return fresh(id, Transfer.Way.UPLOAD, file, "", order);
        });
    }

    /** An order to fetch a file and to place it. */
    public Handled receive(Order order) throws IOException {
        return begin(Transfer.Way.RECEIVE, () -> {
            long size = order.getReceive().getSize();
            Located place = Located.receive(desk, order.getReceive().getName(), size);
            String id = order.getReceive().getTransfer();
            return fresh(id, Transfer.Way.RECEIVE, place, order.getReceive().getSha256(), order);
        });
    }

    /** An order to make a diagnostic package and to send it. */
    public Handled diagnosticPackage(Order order) throws IOException {
        return begin(Transfer.Way.PACKAGE, () -> {
            String id = order.getDiagnosticPackage().getTransfer();
            String time = desk.clock()
                    .instant()
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString()
                    .replace(":", "");
            Located made = new Located("", "package-" + device + "-" + time + ".zip", 0, false);
            return fresh(id, Transfer.Way.PACKAGE, made, "", order);
        });
    }

    /** An order to end a transfer. */
    public Handled cancel(Order order) {
        String id = order.getCancel().getTransfer();
        return cancel(id, "the enterprise") ? Handled.done("ended") : Handled.done("there is no such transfer to end");
    }

    /** What an order asks for, judged. */
    @FunctionalInterface
    private interface Judged {
        Transfer transfer() throws IOException, NotPossible;
    }

    private synchronized Handled begin(Transfer.Way way, Judged judged) throws IOException {
        try {
            // Before anybody looks: who is denied learns nothing of what is there.
            if (desk.word().word(way, "") instanceof SiteWord.Refused refused) {
                throw NotPossible.refused(refused.why());
            }
            if (open.size() >= MOST) {
                throw NotPossible.refused("there are " + MOST + " transfers already");
            }
            Transfer transfer = judged.transfer();
            if (open.containsKey(transfer.id())) {
                throw NotPossible.refused("there is such a transfer already");
            }
            desk.folder().write(transfer);
            desk.audit()
                    .record(
                            LocalAuditCode.TRANSFER_BEGUN,
                            "id",
                            transfer.id(),
                            "way",
                            transfer.way().word(),
                            "root",
                            transfer.root(),
                            "file",
                            transfer.path(),
                            "by",
                            transfer.by(),
                            "reason",
                            transfer.reason());
            carry(transfer);
            return Handled.done(
                    transfer.phase() == Transfer.Phase.ASKING ? "begun: asking at the instrument" : "begun");
        } catch (NotPossible e) {
            return e.outcome() == TransferOutcome.REFUSED ? Handled.refused(e.why()) : Handled.failed(e.why());
        }
    }

    private Transfer fresh(String id, Transfer.Way way, Located at, String sha256, Order order) throws NotPossible {
        return new Transfer(
                id,
                way,
                at.root(),
                at.path(),
                at.size(),
                sha256,
                false,
                false,
                false,
                Optional.ofNullable(order.getBy()).orElse(""),
                Optional.ofNullable(order.getReason()).orElse(""),
                desk.clock().instant(),
                phase(way, at),
                Optional.empty());
    }

    /** @throws NotPossible when the customer's word is no, or is "ask" and nobody can be asked */
    private Transfer.Phase phase(Transfer.Way way, Located at) throws NotPossible {
        SiteWord.Word word = desk.word().word(way, at.root());
        if (word instanceof SiteWord.Refused refused) {
            throw NotPossible.refused(refused.why());
        }
        if (word instanceof SiteWord.Allowed && !at.patient()) {
            return Transfer.Phase.BEGUN;
        }
        Optional<String> nobody = desk.word().askable();
        if (nobody.isPresent()) {
            throw NotPossible.refused((at.patient() ? "the file may hold patient data: " : "") + nobody.get());
        }
        return Transfer.Phase.ASKING;
    }

    // People
    // ------------------------------------------------------------------------------------------------------------

    /**
     * Ends a transfer with its next slice.
     *
     * @param who for the enterprise and the audit, such as "a person at the instrument"
     * @return whether there was one to end
     */
    public boolean cancel(String id, String who) {
        Carrying carrying = open.get(id);
        boolean ends = carrying != null && carrying.cancel(who);
        if (ends) {
            workers.wake();
        }
        return ends;
    }

    /**
     * The enterprise answers again, or anew: whoever waits for the line tries at once, and not after the minutes that a
     * long trouble (or a mute) has made of his pauses. What waits for something else looks and waits on.
     */
    public void lineIsBack() {
        workers.wake();
    }

    /** How far each is, the oldest first. */
    public List<Progress> progress() {
        return open.values().stream()
                .sorted(Comparator.comparing((Carrying each) -> each.transfer().begun()))
                .map(Carrying::progress)
                .toList();
    }

    /** For {@code agent status}: a line for each. */
    public List<StatusLine> status() {
        List<Progress> all = progress();
        List<StatusLine> lines = new ArrayList<>();
        lines.add(StatusLine.of("count", all.size()));
        all.forEach(each -> lines.add(each.line(lines.size())));
        return lines;
    }

    /** Lets go of everything at the next slice; what is on disk goes on with the next start. */
    @Override
    public void close() {
        stopping = true;
        workers.stop(STOP_WAIT);
    }
}
