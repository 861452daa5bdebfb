package io.fairlead.agent.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Fixes what will be sent: how many bytes, and their SHA-256. A file goes as it lies in its root; a package, and whatever is
 * sealed, is made in this room's own folder first.
 */
final class Preparing {
    private static final int PIECE = 65_536;

    private final Desk desk;
    private final List<PackagePart> parts;
    private final String device;

    Preparing(Desk desk, List<PackagePart> parts, String device) {
        this.desk = desk;
        this.parts = List.copyOf(parts);
        this.device = device;
    }

    /** Returns the transfer as it can be offered. */
    Transfer prepare(Transfer transfer, BooleanSupplier wanted) throws IOException, NotPossible {
        Optional<Sealing> sealing = desk.rules().encryptTo().map(Sealing::new);
        if (transfer.way() == Transfer.Way.UPLOAD && sealing.isEmpty()) {
            try (Source source = open(transfer)) {
                return transfer.offered(source.size(), digest(source, wanted), false, false);
            }
        }
        Path file = desk.folder().content(transfer.id());
        try (Content content = new Content(file, desk.disks(), wanted)) {
            if (sealing.isPresent()) {
                // Closed once and only when all is in it: its end is the seal.
                OutputStream out = sealing.get().over(content, desk.clock().instant());
                fill(transfer, out);
                out.close();
            } else {
                fill(transfer, content);
            }
            content.complete();
        }
        try (Source made = Source.own(file)) {
            return transfer.offered(made.size(), digest(made, wanted), sealing.isPresent(), true);
        }
    }

    private void fill(Transfer transfer, OutputStream out) throws IOException, NotPossible {
        if (transfer.way() == Transfer.Way.PACKAGE) {
            new Packaging(desk.rules(), desk.walk(), desk.clock()).write(parts, device, out);
        } else {
            copy(transfer, out);
        }
    }

    private Source open(Transfer transfer) throws IOException, NotPossible {
        return Source.open(desk.walk(), Path.of(transfer.root()), NamePath.parse(transfer.path()));
    }

    private void copy(Transfer transfer, OutputStream out) throws IOException, NotPossible {
        try (Source source = open(transfer)) {
            for (long at = 0; at < source.size(); at += PIECE) {
                out.write(source.read(at, (int) Math.min(PIECE, source.size() - at)));
            }
        }
    }

    private static String digest(Source source, BooleanSupplier wanted) throws IOException {
        MessageDigest digest = Sending.sha256();
        for (long at = 0; at < source.size(); at += PIECE) {
            if (!wanted.getAsBoolean()) {
                throw new InterruptedIOException("no longer wanted");
            }
            digest.update(source.read(at, (int) Math.min(PIECE, source.size() - at)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Whether what will be sent is marked as possibly holding patient data. A package leaves such files out. */
    boolean patient(Transfer transfer) throws IOException, NotPossible {
        if (transfer.way() != Transfer.Way.UPLOAD) {
            return false;
        }
        return Located.patient(desk.rules(), Path.of(transfer.root()), NamePath.parse(transfer.path()));
    }
}
