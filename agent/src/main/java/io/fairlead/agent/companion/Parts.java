package io.fairlead.agent.companion;

import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.event.KeyEvent;
import javax.swing.AbstractButton;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import org.jspecify.annotations.Nullable;

/** What windows are made of. None of it takes text for HTML: texts of strangers are shown letter by letter. */
final class Parts {
    static final Color ALERT = new Color(0xB3, 0x26, 0x1E);
    private static final Color QUIET = new Color(0x55, 0x55, 0x55);
    private static final float TEXT = 14;
    private static final int KEYS = JComponent.WHEN_FOCUSED;

    private Parts() {}

    /** A label, and Swing renders none of the text, whatever it looks like. */
    static JLabel label(String text, float size, boolean bold) {
        JLabel label = plain(new JLabel());
        label.setFont(label.getFont().deriveFont(bold ? Font.BOLD : Font.PLAIN, size));
        label.setText(text);
        return label;
    }

    static JLabel caption(String text) {
        JLabel label = label(text, TEXT - 1, false);
        label.setForeground(QUIET);
        return label;
    }

    /** Text of others in a frame of fixed size; what does not fit is scrolled to. */
    static JScrollPane text(String text, int width, int rows) {
        JTextArea area = plain(new JTextArea(text));
        area.setEditable(false);
        area.setLineWrap(true);
        area.setWrapStyleWord(true);
        area.setFont(area.getFont().deriveFont(Font.PLAIN, TEXT));
        area.setCaretPosition(0);
        area.setBorder(BorderFactory.createEmptyBorder(2, 4, 2, 4));
        JScrollPane frame =
                new JScrollPane(area, JScrollPane.VERTICAL_SCROLLBAR_AS_NEEDED, JScrollPane.HORIZONTAL_SCROLLBAR_NEVER);
        int line = area.getFontMetrics(area.getFont()).getHeight();
        Dimension size = new Dimension(width, rows * line + 8);
        frame.setPreferredSize(size);
        frame.setMinimumSize(size);
        return frame;
    }

    /** A button that Enter does not press. */
    static JButton button(String text) {
        return pressed(new JButton(text), Font.BOLD);
    }

    /** A box that is not ticked, and that Enter does not tick. */
    static JCheckBox box(String text) {
        return pressed(new JCheckBox(text), Font.PLAIN);
    }

    private static <T extends AbstractButton> T pressed(T made, int style) {
        T button = plain(made);
        button.setFont(button.getFont().deriveFont(style, TEXT));
        // A click would be lost when the focus moves between press and release; Tab reaches it all the same.
        button.setRequestFocusEnabled(false);
        button.getInputMap(KEYS).put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0, false), "none");
        button.getInputMap(KEYS).put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0, true), "none");
        return button;
    }

    private static <T extends JComponent> T plain(T component) {
        component.putClientProperty("html.disable", true);
        return component;
    }

    static void add(Container to, Component part, @Nullable Object where) {
        to.add(part, where);
    }
}
