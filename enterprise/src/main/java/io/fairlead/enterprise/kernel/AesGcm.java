package io.fairlead.enterprise.kernel;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import java.util.Objects;

/**
 * Who computes AES-GCM for this program: AWS-LC (Amazon Corretto Crypto Provider) on Linux x86-64, where it takes 0.4 of
 * JDK 17's time; the JDK on other systems. That is for the people's TLS, recordings and files. All other algorithms, and random
 * numbers, are the JDK's everywhere.
 */
public final class AesGcm {
    /** Of the JDK, which reads it when a program first asks for any algorithm. */
    private static final String PREFERRED = "jdk.security.provider.preferred";

    private AesGcm() {}

    /** The program calls this before anything else. What an operator has preferred by the JDK's own settings stays. */
    public static void prefer() {
        String before = Objects.requireNonNullElse(Security.getProperty(PREFERRED), "");
        if (before.isBlank()) {
            Security.setProperty(PREFERRED, "AES/GCM/NoPadding:" + AmazonCorrettoCryptoProvider.PROVIDER_NAME);
        }
        Aws.add();
    }

    /** Apart, for it comes from a signed jar: to load it is to ask for algorithms. */
    private static final class Aws {
        static void add() {
            if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null) {
                // Behind the others: it is asked for what is preferred above, and for nothing else.
                int unusedPlace = Security.addProvider(AmazonCorrettoCryptoProvider.INSTANCE);
            }
        }
    }
}
