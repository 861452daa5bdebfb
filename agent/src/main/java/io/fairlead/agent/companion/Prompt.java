package io.fairlead.agent.companion;

import io.fairlead.agent.consent.Asked;
import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Question;
import io.fairlead.agent.consent.Verdict;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.Timer;
import javax.swing.WindowConstants;

/**
 * One question, in a window over all others that takes no keys by itself. Its buttons rest for the first second: whoever
 * was about to click or type something else when it appeared has answered nothing. Enter presses none of them.
 */
final class Prompt {
    static final int REST_MILLIS = 1_000;
    private static final int SECOND = 1_000;
    private static final int WIDTH = 540;
    private static final int ROWS = 4;
    private static final int GAP = 8;
    private static final int FARE_WELL_MILLIS = 6_000;

    private final Asked asked;
    private final Errands errands;
    private final Clock clock;
    private final JFrame frame = new JFrame("Fairlead: a question");
    private final JLabel left = Parts.label(" ", 16, true);
    private final JLabel note = Parts.caption(" ");
    private final JCheckBox clipboard = Parts.box("Let text be copied between here and there");
    private final Map<Verdict, JButton> buttons = new EnumMap<>(Verdict.class);
    private final Timer countdown = new Timer(SECOND / 4, tick -> tell());
    private boolean accepts;
    private boolean rested;
    private boolean answered;
    private boolean over;
    private boolean gone;

    Prompt(Asked asked, boolean accepts, Errands errands, Clock clock) {
        this.asked = asked;
        this.accepts = accepts;
        this.errands = errands;
        this.clock = clock;
        build();
    }

    String id() {
        return asked.id();
    }

    private void build() {
        Question question = asked.question();
        JPanel page = new JPanel(new BorderLayout(GAP, GAP));
        page.setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createLineBorder(Parts.ALERT, 3),
                BorderFactory.createEmptyBorder(2 * GAP, 2 * GAP, GAP, 2 * GAP)));
        boolean session = question.action().equals("session");
        Parts.add(
                page,
                Parts.label(
                        session
                                ? "Somebody far away asks to connect to this PC"
                                : "Somebody far away asks to do something on this PC",
                        20,
                        true),
                BorderLayout.NORTH);
        Parts.add(page, texts(question), BorderLayout.CENTER);
        Parts.add(page, foot(question), BorderLayout.SOUTH);
        frame.setContentPane(page);
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        // Nothing that a window manager could add, or take away by a click: it goes by its buttons and by its end.
        frame.setUndecorated(true);
        frame.setResizable(false);
        frame.setAlwaysOnTop(true);
        frame.setAutoRequestFocus(false);
        frame.pack();
        frame.setLocationRelativeTo(null);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowOpened(WindowEvent e) {
                Timer rest = new Timer(REST_MILLIS, tick -> awake());
                rest.setRepeats(false);
                rest.start();
            }
        });
    }

    private static JPanel texts(Question question) {
        JPanel rows = new JPanel(new GridBagLayout());
        row(rows, 0, "Wants to", question.what() + size(question));
        row(rows, 1, "Who", said(question.by()));
        row(rows, 2, "Why", said(question.reason()));
        GridBagConstraints at = at(1, 3);
        Parts.add(rows, Parts.caption("Who and why is what they say of themselves; nobody has verified it."), at);
        return rows;
    }

    private static void row(JPanel rows, int number, String name, String text) {
        Parts.add(rows, Parts.label(name, 14, true), at(0, number));
        Parts.add(rows, Parts.text(text, WIDTH, ROWS), at(1, number));
    }

    private static GridBagConstraints at(int column, int row) {
        GridBagConstraints at = new GridBagConstraints();
        at.gridx = column;
        at.gridy = row;
        at.anchor = GridBagConstraints.NORTHWEST;
        at.insets = new Insets(GAP / 2, 0, GAP / 2, GAP);
        return at;
    }

    private static String said(String text) {
        return text.isEmpty() ? "(they do not say)" : text;
    }

    private static String size(Question question) {
        return question.bytes().isPresent() ? " (" + question.bytes().getAsLong() + " bytes)" : "";
    }

    private JPanel foot(Question question) {
        JPanel row = new JPanel(new FlowLayout(FlowLayout.LEFT, GAP, 0));
        button(row, Verdict.DECLINE, "Decline");
        button(row, Verdict.NOT_TODAY, "Not today");
        if (question.viewOnly()) {
            button(row, Verdict.VIEW_ONLY, "View only");
        }
        button(row, Verdict.APPROVE, "Accept");
        JPanel answers = new JPanel(new BorderLayout(GAP, GAP));
        if (question.clipboard()) {
            clipboard.setEnabled(false);
            Parts.add(answers, clipboard, BorderLayout.NORTH);
        }
        Parts.add(answers, row, BorderLayout.CENTER);
        JPanel foot = new JPanel(new BorderLayout(GAP, GAP));
        Parts.add(foot, left, BorderLayout.NORTH);
        Parts.add(foot, answers, BorderLayout.CENTER);
        Parts.add(foot, note, BorderLayout.SOUTH);
        return foot;
    }

    private void button(JPanel row, Verdict verdict, String text) {
        JButton button = Parts.button(text);
        button.setEnabled(false);
        button.addActionListener(click ->
                answer(verdict == Verdict.APPROVE && clipboard.isSelected() ? Verdict.WITH_CLIPBOARD : verdict));
        buttons.put(verdict, button);
        Parts.add(row, button, null);
    }

    void show() {
        tell();
        countdown.start();
        frame.setVisible(true);
        frame.getToolkit().beep();
    }

    /** Whether another window on this PC is the one that may accept can change while it is shown. */
    void mayAccept(boolean now) {
        accepts = now;
        enable();
    }

    private void awake() {
        rested = true;
        enable();
    }

    private void enable() {
        buttons.forEach((verdict, button) -> button.setEnabled(rested && !answered && !over && may(verdict)));
        clipboard.setEnabled(rested && !answered && !over && accepts);
        if (!answered && !over) {
            note.setText(accepts ? " " : "Another window on this PC may accept; this one may decline.");
        }
    }

    private boolean may(Verdict verdict) {
        return accepts || verdict == Verdict.DECLINE || verdict == Verdict.NOT_TODAY;
    }

    private void tell() {
        long seconds = Duration.between(clock.instant(), asked.until()).toSeconds();
        long shown = Math.max(0, Math.min(Asking.PATIENCE.toSeconds(), seconds));
        left.setText(over ? "It is over." : shown + " s left. Without an answer it is a no.");
    }

    private void answer(Verdict verdict) {
        answered = true;
        enable();
        errands.answer(asked.id(), verdict, this::answered);
    }

    private void answered(Errands.Done done) {
        answered = false;
        if (done.counts() || (gone && !done.over())) {
            close();
            return;
        }
        note.setForeground(Parts.ALERT);
        if (done.over()) {
            over = true;
            tell();
            Timer farewell = new Timer(FARE_WELL_MILLIS, tick -> close());
            farewell.setRepeats(false);
            farewell.start();
        }
        enable();
        note.setText(done.text());
    }

    /** The question is no more. Who has clicked is told what came of it; when that was too late, for a moment. */
    void end() {
        gone = true;
        if (!answered && !over) {
            close();
        }
    }

    void close() {
        countdown.stop();
        frame.dispose();
    }
}
