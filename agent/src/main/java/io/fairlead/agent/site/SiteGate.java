package io.fairlead.agent.site;

import io.fairlead.agent.remote.Service;
import io.fairlead.agent.status.CommandSource;
import io.fairlead.agent.status.DiagnosticSource;
import io.fairlead.agent.status.SiteTrust;
import io.fairlead.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The customer's word on each action. Every time {@code site.conf} is judged anew, and read anew when it has changed: a
 * customer who denies something, or takes a command or a diagnostic out, need not restart the agent for it. All else in the
 * file counts from the next start.
 * Thread-safe.
 */
public final class SiteGate implements SiteTrust {
    private static final SiteFolders ANYWHERE = new SiteFolders(List.of());

    private final Path file;
    private final SiteGuard guard;
    private final Clock clock;

    private BooleanSupplier frozen = () -> false;
    private SiteConfig word;
    /** Of the file when {@link #word} was read; empty: before the gate looked, so that the first action reads anew. */
    private String state = "";
    /** Of the file that {@link #word} was read from, hexadecimal. */
    private String sha256 = "";

    /**
     * @param config what the file said at the start
     * @param clock in the PC's time zone, for hours of policy are those on the wall
     */
    public SiteGate(SiteGuard guard, SiteConfig config, Clock clock) {
        this.file = guard.file();
        this.guard = guard;
        this.word = config;
        this.clock = clock;
    }

    /** Why nothing may be done now; empty when {@code site.conf} may be believed. */
    @Override
    public synchronized Optional<String> refusal() {
        Optional<String> denial = guard.judge().denial().or(this::readChange);
        return denial.map(reason -> "everything is denied: " + reason);
    }

    @Override
    public synchronized Optional<String> policy() {
        return Optional.of(
                refusal().map(PolicyText::denied).orElseGet(() -> PolicyText.of(word, guard.demo(), sha256)));
    }

    /**
     * While this says so no change of the file is taken, and while there is one no action: the change may come from afar.
     *
     * @param frozen takes no lock that is ever held while this gate is asked
     */
    public synchronized void frozenWhile(BooleanSupplier frozen) {
        this.frozen = frozen;
    }

    private Optional<String> frozenChange() {
        return isFrozen() && !state().equals(state)
                ? Optional.of("site.conf was changed while a remote terminal or another remote connection is open: it"
                        + " counts when that has ended")
                : Optional.empty();
    }

    /** A file that was never looked at is read in any case. */
    private boolean isFrozen() {
        return !state.isEmpty() && frozen.getAsBoolean();
    }

    /** What the file says of an action, whether it is believed or not. */
    public synchronized SiteRule rule(SiteAction action) {
        return word.rule(action);
    }

    /** Why an action may not be taken now; empty when it may, or when a person is to be asked. */
    public synchronized Optional<String> refusal(SiteAction action) {
        return refusal().or(this::frozenChange).or(() -> word.rule(action).refusal(action, LocalTime.now(clock)));
    }

    /** Whether a person at the instrument has to agree to an action that is not refused. */
    public synchronized boolean asks(SiteAction action) {
        return word.rule(action).asks();
    }

    /** A service that the file names now; empty when it does not, or cannot be believed. */
    public synchronized Optional<Service> service(String name) {
        return refusal().isPresent()
                ? Optional.empty()
                : word.services().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst();
    }

    /** After how long a session ends in which nobody did anything, as the file says now. */
    public synchronized Duration idle() {
        return word.tunnels().idle();
    }

    /** Whether others may look at a desktop beside whoever asked for it, as the file says now. */
    public synchronized boolean watchers() {
        return word.tunnels().watchers();
    }

    /** Whether the clipboard of a desktop may be asked about, as the file says now; never while it cannot be believed. */
    public synchronized boolean clipboard() {
        return refusal().isEmpty() && word.tunnels().clipboard();
    }

    /** SHA-256 of the file that was read last, 64 hexadecimal digits; not empty once an action was judged. */
    public synchronized String sha256() {
        return sha256;
    }

    /** Who may answer, as the file says now. */
    public synchronized SiteApprovers approvers() {
        return word.approvers();
    }

    /** The same for a command that is to be run as a probe: it must stand in the file as it stood at the start. */
    @Override
    public synchronized Optional<String> refusal(CommandSource command) {
        return refusal().or(() -> standing(word.sources().commands().stream().anyMatch(command::runsLike)));
    }

    /** The same for a diagnostic. */
    public synchronized Optional<String> refusal(DiagnosticSource diagnostic) {
        return refusal().or(() -> standing(word.diagnostics().contains(diagnostic)));
    }

    /** Why nothing may go from a root of the start's, or into it; empty while the file names it still. */
    public synchronized Optional<String> refusal(SiteAction action, Path root) {
        return refusal(action).or(() -> {
            SiteFiles files = word.files();
            boolean named = (action == SiteAction.RECEIVE ? files.receiveRoots() : files.uploadRoots()).contains(root);
            return named ? Optional.empty() : Optional.of("site.conf no longer names the root " + root);
        });
    }

    private static Optional<String> standing(boolean stands) {
        return stands ? Optional.empty() : Optional.of("site.conf no longer names it as it did when the agent started");
    }

    /** Why a file that was changed since cannot be taken; empty when it can, or is as it was. */
    private Optional<String> readChange() {
        String now = state();
        if (now.equals(state) || isFrozen()) {
            return Optional.empty();
        }
        try {
            // Its receive roots were judged at the start and are not used from here.
            word = SiteConfig.read(file, ANYWHERE);
            sha256 = digest(Files.readAllBytes(file));
            // Written between the two looks: then the next look reads it again.
            state = now.equals(state()) ? now : "";
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("site.conf was changed and cannot be read: " + e);
        } catch (SettingsException e) {
            return Optional.of("site.conf was changed and has errors: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes with every change of the file. */
    private String state() {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey() + " " + guard.changeMark();
        } catch (NoSuchFileException e) {
            return "missing";
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
