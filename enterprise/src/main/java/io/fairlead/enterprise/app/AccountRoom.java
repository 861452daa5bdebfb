package io.fairlead.enterprise.app;

import io.fairlead.enterprise.account.AccountRegister;
import io.fairlead.enterprise.account.Accounts;
import io.fairlead.enterprise.account.CertificateRegister;
import io.fairlead.enterprise.account.CertifiedAccounts;
import io.fairlead.enterprise.account.EndingWatch;
import io.fairlead.enterprise.account.FailedCalls;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.operator.AccountCommands;
import io.fairlead.enterprise.operator.Command;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.Rights;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** The room of other systems' accounts. */
record AccountRoom(
        Accounts accounts,
        CertifiedAccounts certified,
        AccountRegister register,
        CertificateRegister certificates,
        FailedCalls failedCalls,
        EndingWatch watch) {
    static AccountRoom open(
            Database database,
            Rights rights,
            People people,
            Grants grants,
            LockOut lockOut,
            Audit audit,
            Timers timers,
            Clock clock,
            SecureRandom random) {
        FailedCalls failedCalls = new FailedCalls(database, people, timers, clock);
        AccountRegister register = new AccountRegister(database, rights, people, grants, audit, clock, random);
        return new AccountRoom(
                new Accounts(database, lockOut, audit, failedCalls, clock),
                new CertifiedAccounts(database, lockOut, audit, failedCalls, clock),
                register,
                new CertificateRegister(database, register, audit, clock),
                failedCalls,
                new EndingWatch(database, audit, timers, clock));
    }

    /** Writes what is noted still. */
    void close() {
        watch.stop();
        Await.done(failedCalls.written());
    }

    Map<String, Command> commands() {
        return new AccountCommands(register, certificates, failedCalls).commands();
    }
}
