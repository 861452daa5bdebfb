package io.fairlead.agent.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file that Windows has encrypted for the account that wrote it (DPAPI, by PowerShell's ProtectedData): another account,
 * or the disk in another PC, has nothing of it. The secret goes to the child process by its standard input, never as an
 * argument. So the account that writes must be the one that reads: the service's own. Not run on Windows yet.
 */
record WindowsSecret(Path file) implements SecretFile {
    private static final int MOST_BYTES = 4096;
    private static final long LONGEST_SECONDS = 30;

    @Override
    public void keep(byte[] secret) throws IOException {
        if (secret.length > MOST_BYTES) {
            throw new IOException("a secret of " + secret.length + " bytes; " + MOST_BYTES + " is the most");
        }
        Files.write(file, protectedData("Protect", secret));
    }

    @Override
    public Optional<byte[]> read() throws IOException {
        try {
            return Optional.of(protectedData("Unprotect", Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The command that PowerShell runs: base64 in, base64 out. */
    static List<String> command(String verb) {
        return List.of(
                "powershell.exe",
                "-NoProfile",
                "-NonInteractive",
                "-Command",
                "Add-Type -AssemblyName System.Security;"
                        + "[Convert]::ToBase64String([Security.Cryptography.ProtectedData]::" + verb
                        + "([Convert]::FromBase64String([Console]::In.ReadToEnd()),$null,'CurrentUser'))");
    }

    private byte[] protectedData(String verb, byte[] content) throws IOException {
        Process process = new ProcessBuilder(command(verb))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(Base64.getEncoder().encode(content));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(file + ": Windows did not " + verb.toLowerCase(java.util.Locale.ROOT)
                        + " it; only the account that wrote it can read it");
            }
            return Base64.getDecoder().decode(said);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": Windows gave no answer that can be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
