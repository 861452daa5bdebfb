package io.fairlead.agent.app;

import io.fairlead.agent.status.SiteTrust;
import io.fairlead.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.LocalTime;
import java.util.Optional;

/**
 * The customer's word on each action. Every time {@code site.conf} is judged anew, and read anew when it has changed: a
 * customer who denies something need not restart the agent for it. All else in the file counts from the next start.
 * Thread-safe.
 */
public final class SiteGate implements SiteTrust {
    private final Path file;
    private final SiteGuard guard;
    private final SiteFolders folders;
    private final Clock clock;

    private SiteConfig policy;
    private String state;

    /**
     * Opens the file for the start of the agent.
     *
     * @param demoByOrdinaryUser see {@link SiteGuard}
     * @param clock in the PC's time zone, for hours of policy are those on the wall
     * @throws SettingsException when the file has errors: the agent refuses to start
     * @throws IOException when the system does not say which account this is
     */
    public SiteGate(Path file, boolean demoByOrdinaryUser, SiteFolders folders, Clock clock) throws IOException {
        this(file, new SiteGuard(file, demoByOrdinaryUser), folders, clock);
    }

    SiteGate(Path file, SiteGuard guard, SiteFolders folders, Clock clock) {
        this.file = file;
        this.guard = guard;
        this.folders = folders;
        this.clock = clock;
        this.state = state();
        this.policy = Files.isReadable(file) ? SiteConfig.read(file, folders) : SiteConfig.defaults();
    }

    /** What the agent starts with: the file's word, or what is left of it while it cannot be believed. */
    public synchronized SiteConfig config() {
        return verdict().denial().isPresent() ? policy.unbelieved() : policy;
    }

    /** Whether the file may be believed now. */
    public SiteVerdict verdict() {
        return guard.judge();
    }

    /** Why nothing may be done now; empty when {@code site.conf} may be believed. */
    @Override
    public synchronized Optional<String> refusal() {
        Optional<String> denial = verdict().denial().or(this::readChange);
        return denial.map(reason -> "everything is denied: " + reason);
    }

    /** Why an action may not be taken now; empty when it may. */
    public synchronized Optional<String> refusal(SiteAction action) {
        return refusal().or(() -> policy.rule(action).refusal(action, LocalTime.now(clock)));
    }

    /** Why a file that was changed since cannot be taken; empty when it can, or is as it was. */
    private Optional<String> readChange() {
        String now = state();
        if (now.equals(state)) {
            return Optional.empty();
        }
        try {
            policy = SiteConfig.read(file, folders);
            state = now;
            return Optional.empty();
        } catch (SettingsException e) {
            return Optional.of("site.conf was changed and has errors: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Changes with every change of the file. */
    private String state() {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey();
        } catch (NoSuchFileException e) {
            return "missing";
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
