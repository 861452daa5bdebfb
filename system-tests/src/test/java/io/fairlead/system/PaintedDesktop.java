package io.fairlead.system;

import java.awt.Color;
import java.awt.Font;
import java.awt.Frame;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A program as instruments have it, over a whole display of 1024 × 768: a table of results and a picture of cells from a
 * camera, with its noise, which is dear to send. Runs until it is ended; says when it is painted.
 */
final class PaintedDesktop extends Frame {
    private static final int WIDTH = 1024;
    private static final int HEIGHT = 768;
    private static final int CAMERA = 384;
    private static final int ROW = 18;

    private static final long serialVersionUID = 1L;

    private final transient BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);

    private PaintedDesktop() {
        Graphics all = picture.getGraphics();
        all.setColor(new Color(236, 240, 244));
        all.fillRect(0, 0, WIDTH, HEIGHT);
        table(all);
        camera(all);
        all.dispose();
        setUndecorated(true);
        setBounds(0, 0, WIDTH, HEIGHT);
    }

    private static void table(Graphics to) {
        Random values = new Random(7);
        to.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        for (int row = 0; row * ROW < HEIGHT; row++) {
            to.setColor(row % 2 == 0 ? Color.WHITE : new Color(220, 230, 240));
            to.fillRect(0, row * ROW, WIDTH - CAMERA - 8, ROW);
            to.setColor(Color.BLACK);
            to.drawString(
                    String.format(
                            "%06d   sample %08d   potassium %.2f mmol/l   sodium %d mmol/l   validated",
                            row, values.nextInt(100_000_000), 3 + 2 * values.nextDouble(), 130 + values.nextInt(20)),
                    6,
                    row * ROW + 13);
        }
    }

    private void camera(Graphics to) {
        Random noise = new Random(11);
        for (int x = 0; x < CAMERA; x++) {
            for (int y = 0; y < CAMERA; y++) {
                int light = (int) (170 + 40 * Math.sin(x / 19.0) * Math.cos(y / 23.0) + 6 * noise.nextGaussian());
                picture.setRGB(WIDTH - CAMERA + x, y, new Color(light, light - 40, light - 20).getRGB());
            }
        }
        for (int cell = 0; cell < 60; cell++) {
            to.setColor(new Color(150 + noise.nextInt(60), 40 + noise.nextInt(40), 60 + noise.nextInt(60)));
            int size = 12 + noise.nextInt(20);
            to.fillOval(WIDTH - CAMERA + noise.nextInt(CAMERA - size), noise.nextInt(CAMERA - size), size, size);
        }
    }

    @Override
    public void paint(Graphics to) {
        if (to.drawImage(picture, 0, 0, this)) {
            getToolkit().sync();
            System.out.println("painted");
        }
    }

    public static void main(String[] args) {
        new PaintedDesktop().setVisible(true);
    }
}
