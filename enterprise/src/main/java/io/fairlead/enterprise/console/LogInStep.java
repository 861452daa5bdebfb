package io.fairlead.enterprise.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The way to the page that asks for a passkey. */
final class LogInStep {
    private LogInStep() {}

    static String path(String to) {
        return "/login/passkey?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
    }
}
