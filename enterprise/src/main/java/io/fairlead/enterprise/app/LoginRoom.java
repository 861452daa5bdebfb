package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.login.FirstPerson;
import io.fairlead.enterprise.login.KnownBrowsers;
import io.fairlead.enterprise.login.Links;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.login.LogIns;
import io.fairlead.enterprise.login.LoginKeys;
import io.fairlead.enterprise.login.LoginPolicy;
import io.fairlead.enterprise.login.Passkeys;
import io.fairlead.enterprise.login.Sessions;
import io.fairlead.enterprise.people.Rights;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;

/** The room of log-ins. */
record LoginRoom(LogIns logIns, Sessions sessions, Links links, Passkeys passkeys, LockOut lockOut) {
    /** Reads the secret, or makes it; blocks. */
    static LoginRoom open(
            DataFolder folder,
            LoginPolicy policy,
            Database database,
            Rights rights,
            FirstPerson firstPerson,
            Audit audit,
            Ids ids,
            Clock clock,
            SecureRandom random,
            MeterRegistry metrics) {
        LoginKeys keys = LoginKeys.open(folder, random);
        KnownBrowsers browsers = new KnownBrowsers(keys, ids);
        LockOut lockOut = new LockOut(database, rights, audit, browsers, clock, metrics);
        Sessions sessions = new Sessions(database, audit, policy, ids, clock, random);
        Passkeys passkeys = new Passkeys(database, rights, sessions, policy, keys, audit, clock, random);
        return new LoginRoom(
                new LogIns(database, rights, lockOut, browsers, sessions, policy, keys, audit, clock, random),
                sessions,
                new Links(database, rights, passkeys, sessions, firstPerson, policy, keys, audit, clock, random),
                passkeys,
                lockOut);
    }
}
