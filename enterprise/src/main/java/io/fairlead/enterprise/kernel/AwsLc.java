package io.fairlead.enterprise.kernel;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * AWS-LC (Amazon Corretto Crypto Provider), which computes two things for this program on Linux x86-64: AES-GCM, in 0.4 of
 * JDK 17's time, for the people's TLS, recordings and files; and ECDSA with SHA-256, in a tenth of it, for devices'
 * certificates and for what the server signs. On other systems the JDK does. All other algorithms, and random numbers, are the
 * JDK's everywhere.
 */
public final class AwsLc {
    /** Of the JDK, which reads it when a program first asks for any algorithm. */
    private static final String PREFERRED = "jdk.security.provider.preferred";

    private static final List<String> COMPUTED = List.of("AES/GCM/NoPadding", "SHA256withECDSA");

    private AwsLc() {}

    /** The program calls this before anything else. What an operator has preferred by the JDK's own settings stays. */
    public static void prefer() {
        String before = Objects.requireNonNullElse(Security.getProperty(PREFERRED), "");
        if (before.isBlank()) {
            Security.setProperty(
                    PREFERRED,
                    COMPUTED.stream()
                            .map(each -> each + ":" + AmazonCorrettoCryptoProvider.PROVIDER_NAME)
                            .collect(Collectors.joining(",")));
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
