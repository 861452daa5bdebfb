package io.fairlead.agent.site;

import io.fairlead.agent.host.Account;
import io.fairlead.agent.host.FileAccess;
import io.fairlead.agent.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Judges whether {@code site.conf} is the customer's word: it must be there, readable, and out of reach of the agent's own
 * account, with every folder and link on the way to it. Judged anew before each action; about thirty system calls.
 */
public final class SiteGuard {
    static final String DEMO = "demonstration: site.conf belongs to the account that runs the agent";

    private final Path file;
    private final boolean demoByOrdinaryUser;
    private final Account account;
    private final FileAccess access;

    /**
     * @param demoByOrdinaryUser whether this is a demonstration run by one person under one account, in which nobody else
     *     could own the file; never taken from root
     * @throws IOException when the system does not say which account this is
     */
    public SiteGuard(Path file, boolean demoByOrdinaryUser, Host host) throws IOException {
        this(file, demoByOrdinaryUser, host, host.account());
    }

    private SiteGuard(Path file, boolean demoByOrdinaryUser, Host host, Account account) {
        this(file, demoByOrdinaryUser, account, host.access(account));
    }

    /** With the access lists as someone else reads them. */
    public SiteGuard(Path file, boolean demoByOrdinaryUser, Account account, FileAccess access) {
        this.file = file.toAbsolutePath();
        this.demoByOrdinaryUser = demoByOrdinaryUser;
        this.account = account;
        this.access = access;
    }

    /** The file judged. */
    public Path file() {
        return file;
    }

    /** Changes with every change of the file, as far as the system tells beyond its size and time. */
    String changeMark() throws IOException {
        return access.changeMark(file);
    }

    /** Judges the file as it is now. */
    public SiteVerdict judge() {
        try {
            Optional<String> denial = denial();
            if (denial.isPresent()) {
                return new SiteVerdict.Denied(denial.get());
            }
            return new SiteVerdict.Trusted(demo() ? DEMO : "");
        } catch (NoSuchFileException e) {
            return new SiteVerdict.Denied(file + " is missing");
        } catch (IOException | UncheckedIOException e) {
            return new SiteVerdict.Denied(file + " cannot be judged: " + e);
        }
    }

    private Optional<String> denial() throws IOException {
        SitePath path = SitePath.walk(file);
        if (!Files.isRegularFile(path.end()) || !Files.isReadable(path.end())) {
            return Optional.of(file + " cannot be read");
        }
        if (demo()) {
            return Optional.empty();
        }
        if (account.overrides().isPresent()) {
            return account.overrides();
        }
        for (SitePath.Step step : path.steps()) {
            Optional<String> replaceable = access.replaceable(step.folder(), step.entry());
            if (replaceable.isPresent()) {
                return replaceable;
            }
        }
        return access.writable(path.end());
    }

    /** Whether this is a demonstration by one ordinary person. */
    public boolean demo() {
        return demoByOrdinaryUser && !account.isRoot();
    }
}
