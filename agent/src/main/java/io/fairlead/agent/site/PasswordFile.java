package io.fairlead.agent.site;

import io.fairlead.agent.host.SecretFile;
import io.fairlead.agent.link.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A password on the first line of a file that the system keeps from other accounts. Read each time, so that a change counts
 * at once.
 */
public record PasswordFile(Path file, SecretFile secret) implements SecretText {
    @Override
    public String read() throws IOException {
        byte[] content = secret.read().orElseThrow(() -> new IOException(file + " is missing"));
        String password =
                new String(content, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        if (password.isEmpty()) {
            throw new IOException(file + " has no password on its first line");
        }
        return password;
    }
}
