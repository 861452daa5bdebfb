package io.fairlead.agent.companion;

import io.fairlead.agent.consent.DoorClient;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Window;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

/** A companion that says, for each line it is told, what is in its windows: {@code x y width height enabled text}. */
final class CompanionChild {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private CompanionChild() {}

    public static void main(String[] args) throws Exception {
        Companion.unable().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        Companion companion = new Companion(new DoorClient(Path.of(args[0])));
        Thread running = new Thread(() -> run(companion), "companion");
        running.setDaemon(true);
        running.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            SwingUtilities.invokeAndWait(() -> {
                for (Window each : Window.getWindows()) {
                    if (each.isShowing()) {
                        tell(each);
                    }
                }
                OUT.println(".");
            });
        }
        System.exit(0);
    }

    private static void run(Companion companion) {
        try {
            companion.run();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private static void tell(Component part) {
        String text = part instanceof JLabel label
                ? label.getText()
                : part instanceof JButton button
                        ? button.getText()
                        : part instanceof JCheckBox box
                                ? (box.isSelected() ? "[x] " : "[ ] ") + box.getText()
                                : part instanceof JTextComponent area ? area.getText() : "";
        if (!text.isBlank()) {
            Point at = part.getLocationOnScreen();
            OUT.println(at.x + " " + at.y + " " + part.getWidth() + " " + part.getHeight() + " " + part.isEnabled()
                    + " " + text);
        }
        if (part instanceof Container container) {
            for (Component each : container.getComponents()) {
                tell(each);
            }
        }
    }
}
