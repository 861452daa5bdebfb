package io.fairlead.agent.terminal;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one key by which an SSH server is known; nothing is ever learned. */
public final class SshHostKey implements HostKeyRepository {
    private static final List<String> KINDS =
            List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa");

    private final String kind;
    private final byte[] key;

    /** @param line as a {@code .pub} file has it: kind, base64, and perhaps a comment; IllegalArgumentException for another */
    public SshHostKey(String line) {
        String[] words = line.strip().split("\\s+", 3);
        kind = words[0];
        if (words.length < 2 || !KINDS.contains(kind)) {
            throw new IllegalArgumentException(
                    "is not KIND BASE64, as in /etc/ssh/ssh_host_ed25519_key.pub: " + String.join(", ", KINDS));
        }
        try {
            key = Base64.getDecoder().decode(words[1]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no base64 behind " + kind, e);
        }
        // The key says its kind itself, behind the length of the word.
        byte[] word = kind.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer start =
                ByteBuffer.allocate(4 + word.length).putInt(word.length).put(word);
        if (key.length <= start.capacity() || !Arrays.equals(start.array(), Arrays.copyOf(key, start.capacity()))) {
            throw new IllegalArgumentException("is no key of the kind " + kind);
        }
    }

    /** By what the server is to prove itself. */
    String algorithms() {
        return kind.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : kind;
    }

    @Override
    public int check(@Nullable String host, byte[] shown) {
        return Arrays.equals(shown, key) ? OK : CHANGED;
    }

    @Override
    public void add(HostKey more, @Nullable UserInfo asked) {
        // None is.
    }

    @Override
    public void remove(@Nullable String host, @Nullable String type) {
        // It stays.
    }

    @Override
    public void remove(@Nullable String host, @Nullable String type, byte @Nullable [] bytes) {
        // It stays.
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "site.conf";
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        return new HostKey[0];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SshHostKey same && Arrays.equals(key, same.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return kind;
    }
}
