package io.fairlead.agent.pac;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * The child's entry: reads URL, host and PAC file from standard input, and answers on standard output. The script sees the
 * standard objects of JavaScript and the functions of PAC, nothing of Java.
 */
public final class PacMain {
    private static final String[] WARM_UP = {
        "", "", "function FindProxyForURL(u, h) { for (var i = 0; i < 2; i++) { if (/a/.test('a' + i)) return 'a'; } }"
    };
    private static final int DEEPEST = 1000;
    private static final int LONGEST_ANSWER = 2000;

    private PacMain() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String[] input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n", 3);
        Context context = Context.enter();
        context.setInterpretedMode(true);
        context.setMaximumInterpreterStackDepth(DEEPEST);
        ScriptableObject scope = context.initSafeStandardObjects();
        new PacFunctions(Clock.system(ZoneId.systemDefault())).define(scope);
        // The engine's classes are there by then: the file's time is its own.
        String unused = answer(context, context.initSafeStandardObjects(), WARM_UP);
        out.print("ready\n");
        out.flush();
        out.print(answer(context, scope, input) + "\n");
        out.flush();
        // Whatever it started or opened: nothing of it outlives the answer.
        Runtime.getRuntime().halt(0);
    }

    private static String answer(Context context, ScriptableObject scope, String[] input) {
        if (input.length < 3) {
            return "! it is empty";
        }
        try {
            Object unused = context.evaluateString(scope, input[2].replaceFirst("^\uFEFF", ""), "PAC", 1, null);
            Object function = ScriptableObject.getProperty(scope, "FindProxyForURL");
            if (!(function instanceof org.mozilla.javascript.Function find)) {
                return "! it has no function FindProxyForURL";
            }
            Object answer = find.call(context, scope, scope, new Object[] {input[0], input[1]});
            return "= " + (answer == null || Undefined.isUndefined(answer) ? "" : line(Context.toString(answer)));
        } catch (RhinoException e) {
            return "! " + line(e.details()) + " (line " + e.lineNumber() + ")";
        }
    }

    private static String line(String text) {
        String plain = text.replaceAll("\\s+", " ").strip();
        return plain.length() <= LONGEST_ANSWER ? plain : plain.substring(0, LONGEST_ANSWER);
    }
}
