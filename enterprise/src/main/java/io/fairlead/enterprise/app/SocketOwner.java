package io.fairlead.enterprise.app;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whose the other end of a loopback connection is, by Linux's tables of connections. Other systems do not tell: there every
 * connection is taken.
 */
record SocketOwner(int account) {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int NOBODY_KNOWS = -1;
    /** Columns of a row, and what is in them when somebody has the connection open. */
    private static final int LOCAL = 1;

    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int UID = 7;
    private static final int INODE = 9;
    private static final String ESTABLISHED = "01";

    static boolean known() {
        return Files.isReadable(TABLES.get(0));
    }

    /** This process's account. */
    static SocketOwner own() {
        try {
            return new SocketOwner(
                    known() ? (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") : NOBODY_KNOWS);
        } catch (IOException | UnsupportedOperationException silent) {
            return new SocketOwner(NOBODY_KNOWS);
        }
    }

    /** Whether the program at the other end runs under this account, and has not left: who has left is nobody's. */
    boolean owns(Socket accepted) throws IOException {
        if (account == NOBODY_KNOWS) {
            return true;
        }
        String theirs = String.format(Locale.ROOT, ":%04X", accepted.getPort());
        String ours = String.format(Locale.ROOT, ":%04X", accepted.getLocalPort());
        boolean found = false;
        for (Path table : TABLES) {
            if (!Files.isReadable(table)) {
                continue;
            }
            for (String row : Files.readAllLines(table)) {
                if (!row.contains(theirs)) {
                    continue;
                }
                String[] columns = row.strip().split("\\s+", -1);
                if (columns.length > INODE && columns[LOCAL].endsWith(theirs) && columns[REMOTE].endsWith(ours)) {
                    if (!columns[STATE].equals(ESTABLISHED)
                            || columns[INODE].equals("0")
                            || !columns[UID].equals(String.valueOf(account))) {
                        return false;
                    }
                    found = true;
                }
            }
        }
        return found;
    }
}
