package io.fairlead.system;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/** What noVNC shows on a page, pixel by pixel of the desktop's own, however large the page shows it. */
record Picture(Page page) {
    private static final String CANVAS = "document.querySelector('#screen canvas')";
    private static final int STILL_MILLIS = 500;

    /** Remembers all of it, for {@link #changed}. */
    void keep() {
        Object unused = page.evaluate("() => { const canvas = " + CANVAS
                + "; window.kept = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); }");
    }

    /** Until nothing has changed for half a second. */
    void still() {
        Object before = "";
        for (Object now = all(); !now.equals(before); now = all()) {
            before = now;
            page.waitForTimeout(STILL_MILLIS);
        }
    }

    private Object all() {
        return page.evaluate(CANVAS + ".toDataURL()");
    }

    /** Around all that is another than what was kept: left, top, width, height. */
    List<?> changed() {
        return (List<?>) page.evaluate("""
                () => {
                  const canvas = CANVAS;
                  const now = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                  let [left, top, right, bottom] = [canvas.width, canvas.height, 0, 0];
                  now.data.forEach((value, at) => {
                    if (value !== window.kept.data[at]) {
                      const x = Math.floor(at / 4) % canvas.width;
                      const y = Math.floor(at / 4 / canvas.width);
                      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
                    }
                  });
                  return [left, top, right - left, bottom - top];
                }
                """.replace("CANVAS", CANVAS));
    }

    private static final String PART = CANVAS + ".getContext('2d').getImageData(...box).data.join()";

    /** What stands there. */
    String part(List<?> box) {
        return (String) page.evaluate("(box) => " + PART, box);
    }

    /** Until exactly that stands there. */
    void awaits(List<?> box, String part) {
        Object unused =
                page.waitForFunction("({ box, part }) => " + PART + " === part", Map.of("box", box, "part", part));
    }
}
