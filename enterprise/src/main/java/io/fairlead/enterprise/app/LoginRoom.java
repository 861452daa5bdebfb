package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.LoggedIn;
import io.fairlead.enterprise.console.LogInAccountPages;
import io.fairlead.enterprise.console.LogInBlockedPages;
import io.fairlead.enterprise.console.LogInPages;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Confirmations;
import io.fairlead.enterprise.login.KnownBrowsers;
import io.fairlead.enterprise.login.Links;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.login.LogIns;
import io.fairlead.enterprise.login.LoginKeys;
import io.fairlead.enterprise.login.LoginPolicy;
import io.fairlead.enterprise.login.Passkeys;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.Session;
import io.fairlead.enterprise.login.Sessions;
import io.fairlead.enterprise.login.Sweep;
import io.fairlead.enterprise.login.Token;
import io.fairlead.enterprise.operator.Command;
import io.fairlead.enterprise.operator.CommandRoutes;
import io.fairlead.enterprise.operator.Commands;
import io.fairlead.enterprise.operator.LoginCommands;
import io.fairlead.enterprise.people.FirstAdministrator;
import io.fairlead.enterprise.people.Rights;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The room of log-ins. */
record LoginRoom(
        LogIns logIns,
        Sessions sessions,
        Links links,
        Passkeys passkeys,
        LockOut lockOut,
        Confirmations confirmations,
        Proxies proxies,
        Sweep sweep,
        LoginPolicy policy,
        Ids ids) {
    /**
     * Reads the secret, or makes it; blocks.
     *
     * @param url of the people's listener
     * @throws io.fairlead.enterprise.kernel.CannotStart when passwords are sealed by a secret that is not here
     */
    static LoginRoom open(
            DataFolder folder,
            EnterpriseConfig.LogIn config,
            String url,
            Database database,
            Rights rights,
            Audit audit,
            Timers timers,
            Ids ids,
            Clock clock,
            SecureRandom random,
            MeterRegistry metrics) {
        LoginPolicy policy = LoginPolicy.at(url, config.passkeys(), config.idle(), config.longest());
        LoginKeys keys = LoginKeys.open(folder, Await.done(LoginKeys.needed(database)), random);
        KnownBrowsers browsers = new KnownBrowsers(keys, ids);
        LockOut lockOut = new LockOut(database, rights, audit, browsers, clock, metrics);
        Sessions sessions = new Sessions(database, audit, policy, ids, clock, random);
        Passkeys passkeys = new Passkeys(database, rights, sessions, policy, keys, audit, clock, random);
        LoginRoom room = new LoginRoom(
                new LogIns(database, rights, lockOut, browsers, sessions, policy, keys, audit, clock, random),
                sessions,
                new Links(
                        database,
                        rights,
                        passkeys,
                        sessions,
                        new FirstAdministrator(audit, clock)::make,
                        policy,
                        keys,
                        audit,
                        clock,
                        random),
                passkeys,
                lockOut,
                new Confirmations(database, sessions, passkeys, policy, audit, clock, random),
                config.proxies(),
                new Sweep(database, timers, clock),
                policy,
                ids);
        room.sweep.start();
        return room;
    }

    /** Who a browser's cookie stands for; one who waits for his passkey is nobody yet. */
    Future<Optional<LoggedIn>> find(String token, String address, boolean byPerson) {
        return Token.parse(token)
                .map(read -> byPerson ? sessions.find(read) : sessions.look(read))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> found.filter(one -> one.kind() == Session.Kind.BROWSER && !one.waiting())
                        .map(one -> new LoggedIn(one.actor(), one.displayName(), one.id(), policy.end(one))));
    }

    /** Its pages. */
    void mount(Doors doors) {
        doors.add(new LogInPages(logIns, sessions, passkeys, links, proxies));
        doors.add(new LogInAccountPages(logIns, sessions, passkeys, confirmations, proxies));
        doors.add(new LogInBlockedPages(lockOut));
    }

    /** What stands above every page. */
    Optional<String> banner() {
        return policy.passkeys()
                ? Optional.empty()
                : Optional.of("Passkeys are waived here: whoever knows a password may do all that its owner may.");
    }

    Map<String, Command> commands() {
        return new LoginCommands(links, lockOut).commands();
    }

    CommandRoutes routes(Commands commands, Timers timers) {
        return new CommandRoutes(logIns, sessions, confirmations, proxies, commands, timers, ids::next);
    }
}
