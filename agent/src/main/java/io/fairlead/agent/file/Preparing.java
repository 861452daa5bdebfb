package io.fairlead.agent.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;

/** Fixes what will be sent: how many bytes, and their SHA-256. */
final class Preparing {
    private static final int PIECE = 65_536;

    private final Desk desk;

    Preparing(Desk desk) {
        this.desk = desk;
    }

    /** Returns the transfer as it can be offered. */
    Transfer prepare(Transfer transfer, BooleanSupplier wanted) throws IOException, NotPossible {
        try (Source source = Source.open(desk.walk(), Path.of(transfer.root()), NamePath.parse(transfer.path()))) {
            return transfer.offered(source.size(), digest(source, wanted), false, false);
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

    /** Whether what will be sent is marked as possibly holding patient data. */
    boolean patient(Transfer transfer) throws NotPossible {
        return transfer.way() == Transfer.Way.UPLOAD
                && desk.rules().patient().mark(Path.of(transfer.root()), NamePath.parse(transfer.path()));
    }
}
