package io.fairlead.agent.file;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * What {@code site.conf} says of files, as the agent's start found it.
 *
 * @param uploadRoots folders from which files may be sent
 * @param receiveRoots folders into which files may be placed; disjoint from the upload roots
 * @param patient what always asks
 * @param encryptTo to whom content is sealed before it leaves; empty: to nobody
 * @param rate bytes a second of all transfers together; empty: as fast as the line is
 * @param hours whether bytes may go now
 * @param parallel how many transfers go on at once; 1 or more
 * @param mostPackage bytes that a diagnostic package takes in at most
 */
public record FileRules(
        List<Path> uploadRoots,
        List<Path> receiveRoots,
        PatientPaths patient,
        Optional<X509Certificate> encryptTo,
        OptionalLong rate,
        BooleanSupplier hours,
        int parallel,
        long mostPackage) {
    /** Why nothing can be sealed for the owner of a certificate; empty when it can. */
    public static Optional<String> sealingFault(X509Certificate certificate) {
        return Sealing.fault(certificate);
    }

    public FileRules {
        uploadRoots = List.copyOf(uploadRoots);
        receiveRoots = List.copyOf(receiveRoots);
        if (parallel < 1 || rate.orElse(1) < 1 || mostPackage < 1) {
            throw new IllegalArgumentException("parallel " + parallel + ", rate " + rate + ", most " + mostPackage);
        }
    }
}
