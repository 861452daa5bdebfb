package io.fairlead.agent.companion;

import io.fairlead.agent.consent.OpenSession;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.GridLayout;
import java.awt.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JWindow;
import javax.swing.Timer;

/** A strip at the upper edge of the screen, over all windows, for as long as a remote session is allowed. */
final class Banner {
    private static final int SECOND = 1_000;
    private static final int WIDTH = 620;
    private static final int HEIGHT = 52;

    private final Errands errands;
    private final Clock clock;
    private final JWindow window = new JWindow();
    private final JLabel who = Parts.label(" ", 14, true);
    private final JLabel what = Parts.label(" ", 13, false);
    private final JButton stop = Parts.button("Stop");
    private final Timer countdown = new Timer(SECOND / 2, tick -> tell());
    private OpenSession session;
    private String trouble = "";

    Banner(OpenSession session, int place, Errands errands, Clock clock) {
        this.session = session;
        this.errands = errands;
        this.clock = clock;
        JPanel strip = new JPanel(new BorderLayout(12, 0));
        strip.setBackground(Parts.ALERT);
        strip.setBorder(BorderFactory.createEmptyBorder(6, 12, 6, 8));
        JPanel lines = new JPanel(new GridLayout(2, 1));
        lines.setOpaque(false);
        for (JLabel line : new JLabel[] {who, what}) {
            line.setForeground(Color.WHITE);
            Parts.add(lines, line, null);
        }
        Parts.add(strip, lines, BorderLayout.CENTER);
        Parts.add(strip, stop, BorderLayout.EAST);
        stop.addActionListener(click -> stop());
        window.setContentPane(strip);
        window.setType(Window.Type.UTILITY);
        window.setAlwaysOnTop(true);
        window.setFocusableWindowState(false);
        Dimension screen = window.getToolkit().getScreenSize();
        int width = Math.min(WIDTH, screen.width);
        window.setBounds((screen.width - width) / 2, place * HEIGHT, width, HEIGHT);
    }

    void show() {
        tell();
        countdown.start();
        window.setVisible(true);
    }

    void update(OpenSession now) {
        session = now;
        tell();
    }

    private void tell() {
        who.setText("Remote session: " + session.by());
        String also = session.watchers().isEmpty() ? "" : "also watching: " + session.watchers() + "; ";
        String left = session.until().map(end -> left(clock.instant(), end)).orElse("");
        String open = session.streams() == 0
                ? "nobody is connected"
                : session.streams() == 1 ? "1 connection" : session.streams() + " connections";
        what.setText(trouble.isEmpty() ? left + " left; " + also + open + "; " + session.services() : trouble);
    }

    private static String left(Instant now, Instant end) {
        long seconds = Math.max(0, Duration.between(now, end).toSeconds());
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    private void stop() {
        stop.setEnabled(false);
        errands.end(session.id(), done -> {
            trouble = done.counts() || done.over() ? "" : done.text();
            stop.setEnabled(!done.counts());
            tell();
        });
    }

    void close() {
        countdown.stop();
        window.dispose();
    }
}
