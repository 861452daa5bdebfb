package io.fairlead.agent.site;

import io.fairlead.agent.file.FileRules;
import io.fairlead.agent.file.PatientPaths;
import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of {@code site.conf} about files: what may go, what may come, and how much of the line they may have.
 *
 * @param uploadRoots folders from which files may be sent
 * @param receiveRoots folders into which files may be placed
 * @param patient marks of what may hold patient data
 * @param encryptTo file of the certificate (PEM) for whose owner content is sealed; empty: it is not
 * @param mostPackage bytes that a diagnostic package takes in at most
 * @param rate bytes a second of all transfers together
 * @param hours when bytes may go, in the PC's time zone
 * @param parallel transfers at once
 */
public record SiteFiles(
        List<Path> uploadRoots,
        List<Path> receiveRoots,
        List<String> patient,
        Optional<Path> encryptTo,
        long mostPackage,
        OptionalLong rate,
        Optional<SiteRule.Hours> hours,
        int parallel) {
    private static final long STANDARD_PACKAGE = 100_000_000;
    private static final long LEAST_PACKAGE = 1_000_000;
    private static final long MOST_PACKAGE = 10_000_000_000L;

    /** What is left of a file that cannot be believed. */
    static final SiteFiles NOTHING = new SiteFiles(
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            STANDARD_PACKAGE,
            OptionalLong.empty(),
            Optional.empty(),
            1);

    private static final int STANDARD_PARALLEL = 2;
    private static final int MOST_PARALLEL = 8;

    public SiteFiles {
        uploadRoots = List.copyOf(uploadRoots);
        receiveRoots = List.copyOf(receiveRoots);
        patient = List.copyOf(patient);
    }

    /** @param folders where receive roots must not lie */
    static SiteFiles of(Settings root, SiteFolders folders) {
        Settings upload = root.section("upload");
        Settings receive = root.section("receive");
        Settings transfer = root.section("transfer");
        List<Path> uploadRoots = SiteValues.each(upload, "roots", SiteValues::folder);
        List<Path> receiveRoots = new ArrayList<>();
        for (Path folder : SiteValues.each(receive, "roots", SiteValues::folder)) {
            Optional<String> overlap = folders.refusal(folder, uploadRoots);
            overlap.ifPresentOrElse(why -> receive.refuse("roots", why), () -> receiveRoots.add(folder));
        }
        return new SiteFiles(
                uploadRoots,
                receiveRoots,
                SiteValues.each(upload, "patient", SiteFiles::mark),
                SiteValues.optional(upload, "encrypt-to", SiteValues::folder),
                root.section("package").bytes("most", STANDARD_PACKAGE, LEAST_PACKAGE, MOST_PACKAGE),
                bytes(transfer.rate("rate")),
                SiteValues.optional(transfer, "hours", SiteRule.Hours::parse),
                transfer.number("parallel", STANDARD_PARALLEL, 1, MOST_PARALLEL));
    }

    private static OptionalLong bytes(OptionalLong bits) {
        return bits.isEmpty() ? bits : OptionalLong.of(bits.getAsLong() / 8);
    }

    private static String mark(String text) {
        Optional<String> fault = PatientPaths.fault(text);
        if (fault.isPresent()) {
            throw new IllegalArgumentException(SiteValues.quoted(text) + " is no mark: " + fault.get());
        }
        return text;
    }

    /**
     * For the room that carries them.
     *
     * @throws CannotStart when content is to be sealed and the certificate for it cannot be read or used
     */
    public FileRules rules(Clock wall) {
        return new FileRules(
                uploadRoots,
                receiveRoots,
                new PatientPaths(patient),
                encryptTo.map(SiteFiles::certificate),
                rate,
                () -> hours.map(window -> window.contains(LocalTime.now(wall))).orElse(true),
                parallel,
                mostPackage);
    }

    private static X509Certificate certificate(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            FileRules.sealingFault(certificate).ifPresent(why -> {
                throw new CannotStart("site.conf: upload.encrypt-to " + file + ": " + why);
            });
            return certificate;
        } catch (IOException | CertificateException e) {
            throw new CannotStart(
                    "site.conf: upload.encrypt-to " + file + " is no certificate that can be read: " + e.getMessage());
        }
    }
}
