package io.fairlead.agent.companion;

import io.fairlead.agent.consent.DoorClient;
import io.fairlead.agent.consent.DoorRefused;
import io.fairlead.agent.consent.Watched;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Toolkit;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what the agent says, for as long as it runs. While no agent answers there is nothing to show. */
public final class Companion {
    private static final long AGAIN_MILLIS = 2_000;
    private static final int KEY_BYTES = 8;
    private static final Logger LOG = LoggerFactory.getLogger(Companion.class);

    private final DoorClient door;
    private final Screen screen;
    private final String key;

    /** A window that shows nothing yet; to be made only where {@link #unable} is empty. */
    public Companion(DoorClient door) {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = HexFormat.of().formatHex(random);
        this.door = door;
        this.screen = new Screen(new Errands(door, key), Clock.systemUTC());
    }

    /** Why there can be no window here; empty when there can. */
    public static Optional<String> unable() {
        try {
            if (GraphicsEnvironment.isHeadless()) {
                return Optional.of(
                        "there is no desktop here: start it where people see it (on Linux DISPLAY is set there)");
            }
            Toolkit toolkit = Toolkit.getDefaultToolkit();
            LOG.debug("desktop={}", toolkit.getScreenSize());
            // Enter would press whatever button has the focus.
            Object before = UIManager.put("Button.defaultButtonFollowsFocus", false);
            LOG.trace("default-button-follows-focus={}", before);
            return Optional.empty();
        } catch (AWTError | HeadlessException | LinkageError e) {
            return Optional.of("no window can be shown here: " + e.getMessage());
        }
    }

    /**
     * Shows what there is to be shown, and returns by exceptions only.
     *
     * @throws DoorRefused when this account is no approver
     */
    public void run() throws DoorRefused, InterruptedException {
        long seen = -1;
        while (true) {
            try {
                Watched now = door.watch(key, seen);
                seen = now.version();
                SwingUtilities.invokeLater(() -> screen.show(now));
            } catch (IOException e) {
                if (e instanceof DoorRefused no && no.reason() == DoorRefused.Reason.NOT_APPROVER) {
                    SwingUtilities.invokeLater(screen::clear);
                    throw no;
                }
                LOG.debug("agent=away cause=\"{}\"", e.getMessage());
                seen = -1;
                SwingUtilities.invokeLater(screen::clear);
                Thread.sleep(AGAIN_MILLIS);
            }
        }
    }
}
