package io.fairlead.perf.compare;

import io.fairlead.enterprise.identity.TlsOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What each byte of a recording costs before anything is carried, sent or written: SHA-256 and AES-256-GCM of chunks, by the
 * same implementations as the server's. A process of its own, to be measured; says {@code arithmetic}, and CPU-seconds a GB of
 * the hash and of the cipher.
 */
final class RecordingArithmetic {
    private static final int CHUNK = 64 * 1024;
    private static final int GIGABYTE = 1_000_000_000;
    private static final int ROUNDS = 3;

    private RecordingArithmetic() {}

    private interface Work {
        void on(byte[] chunk, int number) throws GeneralSecurityException;
    }

    public static void main(String[] args) {
        try {
            TlsOptions.beforeAnyTls();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
            byte[] sealed = new byte[CHUNK + 16];
            double hash = secondsForGigabyte((chunk, number) -> digest.update(chunk));
            double seal = secondsForGigabyte((chunk, number) -> {
                byte[] nonce = new byte[12];
                nonce[0] = (byte) number;
                nonce[1] = (byte) (number >> 8);
                nonce[2] = (byte) (number >> 16);
                cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
                int unusedLength = cipher.doFinal(chunk, 0, CHUNK, sealed, 0);
            });
            System.out.printf(Locale.ROOT, "arithmetic %.3f %.3f%n", hash, seal);
        } catch (GeneralSecurityException e) {
            e.printStackTrace(System.err);
        } finally {
            System.exit(0);
        }
    }

    /** The last of some: compiled by then. */
    private static double secondsForGigabyte(Work work) throws GeneralSecurityException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        byte[] chunk = new byte[CHUNK];
        double seconds = 0;
        int number = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            for (int done = 0; done < GIGABYTE; done += CHUNK) {
                work.on(chunk, number++);
            }
            seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
        }
        return seconds;
    }
}
