package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.Finding;
import io.fairlead.enterprise.audit.OwnWitness;
import io.fairlead.enterprise.audit.SignedCheckpoint;
import io.fairlead.enterprise.audit.TrustAnchors;
import io.fairlead.enterprise.audit.Verification;
import io.fairlead.enterprise.audit.Verified;
import io.fairlead.enterprise.audit.WitnessFile;
import io.fairlead.enterprise.identity.Roots;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.DirectDatabase;
import io.fairlead.statements.Checkpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves the audit, directly at the database; a server may run beside it. */
@Command(
        name = "verify",
        description = {
            "Proves that the audit is what it was when it was sealed, or says what is not and from which row on.",
            "Reads the database directly, whether a server runs or not, and notes in the audit that it was done."
        },
        footer = {
            "",
            "Alone it finds whatever was changed without the server's signing key. With a witness, a file of checkpoints"
                    + " that somebody else kept, it also finds a history that was signed anew with that key.",
            "The newest checkpoint in the server's data folder (secrets/audit.witness) is always compared.",
            "A witness comes from `fairlead agent audit --witness --out FILE` at an instrument, or from the syslog.",
            "",
            "Examples:",
            "  fairlead audit verify",
            "  fairlead audit verify --witness LAB-7.witness",
            "  fairlead audit verify --config /etc/fairlead/enterprise.conf --root old-root.crt --json",
            "",
            "Exit codes: 0 nothing is wrong, 1 something is, or it cannot be verified."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private static final int SHOWN = 40;

    private final Screen screen;

    @Mixin
    private final DirectOption direct;

    @Option(names = "--witness", paramLabel = "FILE", description = "Checkpoints that somebody kept; may be repeated.")
    private List<Path> witnesses = new ArrayList<>();

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "Root certificates (PEM) that are believed beside those of the data folder.")
    private List<Path> roots = new ArrayList<>();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AuditVerifyCommand(Screen screen, DirectOption direct) {
        this.screen = screen;
        this.direct = direct;
    }

    @Override
    public Integer call() {
        DataFolder files = direct.folder();
        TrustAnchors anchors = anchors(new Roots(files));
        Verification verification = new Verification(anchors, believed(anchors, files.secretPath(OwnWitness.FILE)));
        try (DirectDatabase database = direct.open(files);
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Verified verified = verification.run(connection);
            connection.commit();
            verification.record(connection, "os:" + System.getProperty("user.name"), verified);
            connection.commit();
            print(verified);
            return verified.clean() ? 0 : 1;
        } catch (SQLException failure) {
            throw new Unable("The database cannot be read: " + failure.getMessage(), failure);
        }
    }

    private TrustAnchors anchors(Roots known) {
        List<X509Certificate> all = new ArrayList<>(known.own());
        roots.forEach(file -> all.addAll(known.read(file)));
        if (all.isEmpty()) {
            throw new Unable("No root certificate is known here; name one with --root FILE.");
        }
        return new TrustAnchors(all);
    }

    /** A witness whose signature is wrong says nothing of the history; it is not dropped silently. */
    private List<SignedCheckpoint> believed(TrustAnchors anchors, Path own) {
        List<SignedCheckpoint> all = new ArrayList<>();
        List<Path> files = new ArrayList<>(witnesses);
        if (Files.exists(own)) {
            files.add(own);
        }
        for (Path file : files) {
            List<SignedCheckpoint> read;
            try {
                read = new WitnessFile(file).read();
            } catch (IOException unreadable) {
                throw new Unable("The witness " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
            }
            for (SignedCheckpoint one : read) {
                anchors.fault(one).ifPresent(why -> {
                    throw new Unable("The witness " + file + " cannot be used: checkpoint "
                            + one.checkpoint().number() + " is not this server's: " + why + ".");
                });
            }
            all.addAll(read);
        }
        return all;
    }

    private void print(Verified verified) {
        if (json) {
            screen.print(json(verified).encodePrettily());
            return;
        }
        List<String> lines = new ArrayList<>();
        verified.findings().stream()
                .limit(SHOWN)
                .forEach(found -> lines.add("WRONG (" + found.kind().word() + "): " + TextTable.plain(found.text())));
        if (verified.wrong() > SHOWN) {
            lines.add("… and " + (verified.wrong() - SHOWN) + " more.");
        }
        lines.add("Sealed: "
                + (verified.last() == 0
                        ? "nothing yet."
                        : verified.rows() + " rows, up to number " + verified.last() + "."));
        lines.add(verified.proved()
                .map(proved -> "Proved: rows 1 to " + proved.number() + " are as they were on "
                        + screen.moment(proved.at()) + " (signed by key " + proved.keyId() + ").")
                .orElse("Proved: nothing."));
        lines.add("Witnesses: "
                + (verified.witnesses() == 1 ? "1 checkpoint agrees." : verified.witnesses() + " checkpoints agree.")
                + (witnesses.isEmpty()
                        ? " For one that this server's administrators do not hold: --witness FILE."
                        : ""));
        if (verified.unsealed() > 0) {
            lines.add("Not tamper-evident yet: " + verified.unsealed() + " rows that are not sealed"
                    + verified.oldestUnsealed()
                            .map(at -> ", the oldest of " + screen.moment(at))
                            .orElse("") + ".");
        }
        verified.firstBackdated().forEach(one -> lines.add("NOTE (old time): " + TextTable.plain(one)));
        if (verified.backdated() > 0) {
            lines.add("Old times: " + verified.backdated()
                    + (verified.backdated() == 1 ? " row bears a time" : " rows bear times")
                    + " from before what was sealed ahead: put in later, or the clock was set back.");
        }
        lines.add(
                verified.clean()
                        ? "Nothing is wrong."
                        : "WRONG from row " + verified.wrongFrom().orElse(1L) + " on: " + verified.wrong()
                                + (verified.wrong() == 1 ? " fault." : " faults."));
        screen.print(lines);
    }

    private static JsonObject json(Verified verified) {
        JsonArray findings = new JsonArray();
        for (Finding found : verified.findings()) {
            findings.add(new JsonObject()
                    .put("kind", found.kind().word())
                    .put("from", found.from())
                    .put("to", found.to())
                    .put("text", found.text()));
        }
        JsonObject json = new JsonObject()
                .put("clean", verified.clean())
                .put("rows", verified.rows())
                .put("last", verified.last())
                .put("wrong", verified.wrong())
                .put("findings", findings)
                .put("witnesses", verified.witnesses())
                .put("unsealed", verified.unsealed())
                .put("backdated", verified.backdated());
        verified.proved().ifPresent(proved -> json.put("proved", proved(proved)));
        verified.oldestUnsealed().ifPresent(at -> json.put("oldestUnsealed", at.toString()));
        return json;
    }

    private static JsonObject proved(Checkpoint proved) {
        return new JsonObject()
                .put("number", proved.number())
                .put("hash", proved.hash())
                .put("at", proved.at().toString())
                .put("key", proved.keyId());
    }
}
