package io.fairlead.perf.micro;

import io.fairlead.statements.EcdsaSignature;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An order of 1 KB: signed, as the enterprise does once, and verified, as the agent does. P-256, SHA-256, by the JDK. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignatureBenchmark {
    private static final String ALGORITHM = "SHA256withECDSA";

    private final byte[] order = new byte[1024];
    private final KeyPair keys = keys();
    private byte[] signature = {};

    /** Signs what is verified. */
    @Setup
    public void begin() throws GeneralSecurityException {
        new Random(1).nextBytes(order);
        signature = sign();
    }

    /** The enterprise, when somebody sends an instruction. */
    @Benchmark
    public byte[] sign() throws GeneralSecurityException {
        Signature signer = Signature.getInstance(ALGORITHM);
        signer.initSign(keys.getPrivate());
        signer.update(order);
        return signer.sign();
    }

    /** The agent, before it believes an instruction. */
    @Benchmark
    public boolean verify() {
        return new EcdsaSignature(signature).over(order, keys.getPublic());
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }
}
