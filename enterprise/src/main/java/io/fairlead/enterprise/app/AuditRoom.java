package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.BacklogWatch;
import io.fairlead.enterprise.audit.OwnWitness;
import io.fairlead.enterprise.audit.Sealer;
import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.audit.SyslogForwarder;
import io.fairlead.enterprise.audit.TrustAnchors;
import io.fairlead.enterprise.audit.Verifier;
import io.fairlead.enterprise.identity.AuditSigner;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.Roots;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.fairlead.enterprise.kernel.DirectDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of the audit that move: who seals, who reads how far, who keeps the newest checkpoint, who sends it on. */
final class AuditRoom {
    private final Sealer sealer;
    private final Seals seals;
    private final OwnWitness witness;
    private final BacklogWatch watch;
    private final Optional<SyslogForwarder> syslog;

    private AuditRoom(
            Sealer sealer, Seals seals, OwnWitness witness, BacklogWatch watch, Optional<SyslogForwarder> syslog) {
        this.sealer = sealer;
        this.seals = seals;
        this.witness = witness;
        this.watch = watch;
        this.syslog = syslog;
    }

    /** Builds and starts them. */
    static AuditRoom open(
            Vertx vertx,
            EnterpriseConfig config,
            DatabaseSettings settings,
            Database app,
            DataFolder folder,
            OwnCertificates own,
            Timers timers,
            Clock clock,
            MeterRegistry metrics) {
        Sealer sealer = new Sealer(vertx, settings.connectAs(settings.sealer()), new AuditSigner(own), timers);
        Seals seals = new Seals(app, timers);
        OwnWitness witness = new OwnWitness(folder, seals, new Blocking(vertx), timers);
        Optional<SyslogForwarder> syslog = config.syslog()
                .map(target ->
                        new SyslogForwarder(vertx, app, target, config.people().publicName(), sealer::works, clock));
        BacklogWatch watch = new BacklogWatch(app, config.syslog(), timers, clock, metrics);
        sealer.start();
        seals.start();
        witness.start();
        watch.start();
        syslog.ifPresent(SyslogForwarder::start);
        return new AuditRoom(sealer, seals, witness, watch, syslog);
    }

    Seals seals() {
        return seals;
    }

    /** What a person should do something about. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(watch.backlog().troubles());
        if (watch.backlog().sendingLate()) {
            syslog.flatMap(SyslogForwarder::trouble)
                    .ifPresent(cause -> troubles.add("What this node's attempts to send ended with: " + cause + "."));
        }
        return troubles;
    }

    /** Who verifies while this node runs, on a thread and a connection of its own. */
    static Verifier verifier(Vertx vertx, DatabaseSettings settings, DataFolder folder, Timers timers, Clock clock) {
        return new Verifier(
                new Blocking(vertx).ofThreads("audit-verify", 1),
                DirectDatabase.to(settings)::connect,
                () -> new TrustAnchors(new Roots(folder).own()),
                folder.secretPath(OwnWitness.FILE),
                timers,
                clock);
    }

    /** Seals what is committed by now, and ends. */
    void close() {
        syslog.ifPresent(SyslogForwarder::stop);
        Await.done(sealer.seal().otherwise(0L));
        Await.done(sealer.stop());
        seals.stop();
        watch.stop();
        Await.done(witness.stop());
    }
}
