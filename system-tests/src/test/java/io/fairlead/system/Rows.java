package io.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Looks into the server's embedded database, as its owner. */
final class Rows {
    private Rows() {}

    /** How often each sequence of a device's spool is stored. */
    static Map<Long, Integer> ofDevice(Server server, TestDevice device) throws IOException, SQLException {
        Map<Long, Integer> counts = new HashMap<>();
        try (Connection connection = connect(server.data());
                PreparedStatement query = connection.prepareStatement(
                        "SELECT sequence, count(*) FROM status_message WHERE device = ? AND epoch = ? GROUP BY 1")) {
            query.setString(1, device.id());
            query.setString(2, device.epoch());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getLong(1), rows.getInt(2));
                }
            }
        }
        return counts;
    }

    /** The first column of the first row. */
    static String value(Server server, String sql) throws IOException, SQLException {
        try (Connection connection = connect(server.data());
                PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    static Connection connect(Path data) throws IOException, SQLException {
        String password = Files.readString(data.resolve("secrets/fairlead_owner.password"))
                .strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port(data) + "/fairlead", "fairlead_owner", password);
    }

    /** The fourth line of postmaster.pid, as PostgreSQL documents it. */
    static String port(Path data) throws IOException {
        try (Stream<Path> files =
                Files.find(data.resolve("postgres"), 3, (path, type) -> path.endsWith("postmaster.pid"))) {
            return Files.readAllLines(files.findFirst().orElseThrow()).get(3).strip();
        }
    }
}
