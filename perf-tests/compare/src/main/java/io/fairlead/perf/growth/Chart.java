package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Numbers;
import java.util.List;
import java.util.Locale;

/**
 * All figures of a growth as one picture (SVG 1.1, no script): a small chart each, both axes from zero, what was measured as
 * dots and a line, and dashed what it would be were it as flat or as linear as it should be. Colours follow who looks: light
 * or dark.
 */
final class Chart {
    private static final int COLUMNS = 3;
    private static final int WIDTH = 300;
    private static final int HEIGHT = 210;
    /** Of the axes within a small chart. */
    private static final int LEFT = 58;

    private static final int RIGHT = WIDTH - 24;
    private static final int TOP = 44;
    private static final int BOTTOM = HEIGHT - 46;
    private static final int STEPS = 4;
    /** Room above what is largest. */
    private static final double ROOM = 1.1;

    private static final String STYLE = """
            <style>
            text { font: 11px system-ui, sans-serif; fill: #59636e }
            .title { font-weight: 600; fill: #1f2328 }
            .paper { fill: #ffffff }
            .grid { stroke: #d1d9e0; fill: none }
            .axis { stroke: #818b98; fill: none }
            .should { stroke: #818b98; stroke-dasharray: 4 3; fill: none }
            .is { stroke: #0969da; stroke-width: 2; fill: none }
            .dot { fill: #0969da }
            @media (prefers-color-scheme: dark) {
            text { fill: #9198a1 }
            .title { fill: #f0f6fc }
            .paper { fill: #0d1117 }
            .grid { stroke: #2a313c }
            .axis, .should { stroke: #818b98 }
            .is { stroke: #4493f8 }
            .dot { fill: #4493f8 }
            }
            </style>
            """;

    private final Part part;
    private final Growth growth;

    Chart(Part part, Growth growth) {
        this.part = part;
        this.growth = growth;
    }

    /** The whole document. */
    String svg() {
        List<Figure> figures = growth.figures();
        int rows = (figures.size() + COLUMNS - 1) / COLUMNS;
        int width = COLUMNS * WIDTH;
        int height = rows * HEIGHT + 24;
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">",
                width,
                height,
                width,
                height);
        line(svg, "<title>%s</title>", escaped(part.title()));
        svg.append(STYLE);
        line(svg, "<rect class=\"paper\" width=\"%d\" height=\"%d\" rx=\"6\"/>", width, height);
        for (int i = 0; i < figures.size(); i++) {
            line(svg, "<g transform=\"translate(%d %d)\">", i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT);
            small(svg, figures.get(i));
            line(svg, "</g>");
        }
        line(
                svg,
                "<text x=\"%d\" y=\"%d\">Line and dots: measured. Dashed: as flat or as linear as it should be, from the"
                        + " first size on.</text>",
                LEFT,
                height - 12);
        return svg.append("</svg>\n").toString();
    }

    private void small(StringBuilder svg, Figure figure) {
        List<Double> sizes = growth.sizes();
        List<Double> values = growth.values(figure);
        double most = 0;
        for (int i = 0; i < sizes.size(); i++) {
            most = Math.max(most, Math.max(values.get(i), should(figure, i)));
        }
        double step = step(most * ROOM / STEPS);
        double top = step * Math.max(1, Math.ceil(most * ROOM / step));
        line(svg, "<text class=\"title\" x=\"12\" y=\"24\">%s</text>", escaped(figure.what()));
        for (int i = 0; i * step <= top * 1.001; i++) {
            double y = y(i * step, top);
            line(svg, "<path class=\"%s\" d=\"M%d %.1fH%d\"/>", i == 0 ? "axis" : "grid", LEFT, y, RIGHT);
            line(
                    svg,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 6,
                    y + 4,
                    Numbers.text(i * step));
        }
        for (int i = 0; i < sizes.size(); i++) {
            line(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(i),
                    BOTTOM + 16,
                    escaped(part.text(sizes.get(i))));
        }
        line(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + RIGHT) / 2,
                BOTTOM + 32,
                escaped(part.axis()));
        StringBuilder is = new StringBuilder();
        StringBuilder should = new StringBuilder();
        for (int i = 0; i < sizes.size(); i++) {
            is.append(point(x(i), y(values.get(i), top)));
            should.append(point(x(i), y(should(figure, i), top)));
        }
        line(
                svg,
                "<polyline class=\"should\" points=\"%s\"/>",
                should.toString().strip());
        line(svg, "<polyline class=\"is\" points=\"%s\"/>", is.toString().strip());
        for (int i = 0; i < sizes.size(); i++) {
            double y = y(values.get(i), top);
            line(svg, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>", x(i), y);
            line(
                    svg,
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                    x(i),
                    Math.max(TOP - 2, y - 8),
                    Numbers.text(values.get(i)));
        }
    }

    private double should(Figure figure, int index) {
        return figure.shape()
                .at(
                        growth.sizes().get(index),
                        growth.sizes().get(0),
                        growth.values(figure).get(0));
    }

    /** A step that people count in: 1, 2 or 5 times a power of ten, at least so large. */
    private static double step(double least) {
        if (!(least > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double times : new double[] {1, 2, 5}) {
            if (times * power >= least) {
                return times * power;
            }
        }
        return 10 * power;
    }

    private double x(int index) {
        return LEFT + (RIGHT - LEFT) * growth.sizes().get(index) / growth.largest();
    }

    private static double y(double value, double top) {
        return BOTTOM - (BOTTOM - TOP) * value / top;
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
