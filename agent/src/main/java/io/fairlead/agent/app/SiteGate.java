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
import java.util.List;
import java.util.Optional;

/**
 * The customer's word on each action. Every time {@code site.conf} is judged anew, and read anew when it has changed: a
 * customer who denies something need not restart the agent for it. All else in the file counts from the next start.
 * Thread-safe.
 */
public final class SiteGate implements SiteTrust {
    private static final SiteFolders ANYWHERE = new SiteFolders(List.of());

    private final Path file;
    private final SiteGuard guard;
    private final Clock clock;

    private SiteConfig policy;
    private String state;

    /**
     * @param config what the file said at the start
     * @param clock in the PC's time zone, for hours of policy are those on the wall
     */
    public SiteGate(SiteGuard guard, SiteConfig config, Clock clock) {
        this.file = guard.file();
        this.guard = guard;
        this.policy = config;
        this.clock = clock;
        this.state = state();
    }

    /** Why nothing may be done now; empty when {@code site.conf} may be believed. */
    @Override
    public synchronized Optional<String> refusal() {
        Optional<String> denial = guard.judge().denial().or(this::readChange);
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
            // Its receive roots were judged at the start and are not used from here.
            policy = SiteConfig.read(file, ANYWHERE);
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
