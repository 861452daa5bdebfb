package io.fairlead.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server and an agent must not keep anywhere: passwords as people type them, tokens of sessions, one-time links. Each
 * is looked for as it is, as base64 of any alignment, in hexadecimal digits and, where it is base64 itself, as its bytes.
 */
final class Secrets {
    /** At the beginning of every password. */
    private final String canary = "canary-" + HexFormat.of().toHexDigits(new Random().nextLong());

    private final List<Form> forms = new ArrayList<>();

    private record Form(String what, byte[] bytes) {
        boolean standsAt(byte[] text, int at) {
            return at + bytes.length <= text.length
                    && Arrays.equals(text, at, at + bytes.length, bytes, 0, bytes.length);
        }

        /** By which a pass over much text finds it: its first two bytes. */
        int key() {
            return key(bytes, 0);
        }

        static int key(byte[] text, int at) {
            return (text[at] & 0xff) << 8 | text[at + 1] & 0xff;
        }
    }

    Secrets() {
        keep("a password", canary);
    }

    /** A password that nobody else has. */
    String password(String of) {
        return canary + "-of-" + of;
    }

    /** A token, or a link whose token stands behind the last of {@code # / :}. */
    void keep(String what, String secret) {
        String token = secret.replaceFirst(".*[#/:]", "");
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        form(what, token);
        form(what + " in hex", HexFormat.of().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            byte[] moved = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, moved, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(moved);
            // Without the characters that depend on the neighbours.
            form(what + " in base64", encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 1));
        }
        if (token.matches("[A-Za-z0-9_-]{43}")) {
            byte[] decoded = Base64.getUrlDecoder().decode(token);
            form(what + " as bytes", decoded);
            form(what + " as bytes in hex", HexFormat.of().formatHex(decoded));
        }
    }

    private void form(String what, String text) {
        form(what, text.getBytes(StandardCharsets.US_ASCII));
    }

    private void form(String what, byte[] bytes) {
        forms.add(new Form(what, bytes));
    }

    /** What stands in a text. */
    Set<String> in(String where, String text) {
        return in(where, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What stands in the files of a folder. */
    Set<String> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        Set<String> found = new TreeSet<>();
        for (Path file : files) {
            found.addAll(in(file.toString(), Files.readAllBytes(file)));
        }
        return found;
    }

    private Set<String> in(String where, byte[] text) {
        Map<Integer, List<Form>> byKey = forms.stream().collect(Collectors.groupingBy(Form::key));
        boolean[] begins = new boolean[1 << 16];
        byKey.keySet().forEach(key -> begins[key] = true);
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < text.length - 1; i++) {
            int key = Form.key(text, i);
            if (begins[key]) {
                for (Form form : byKey.get(key)) {
                    if (form.standsAt(text, i)) {
                        found.add(form.what() + " in " + where);
                    }
                }
            }
        }
        return found;
    }

    /** Every row of every table of a server's database, as text. */
    static String dump(Server server) throws IOException, SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = Rows.connect(server.data())) {
            for (String table : column(
                    connection,
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                column(connection, "SELECT t::text FROM " + table + " t")
                        .forEach(
                                row -> all.append(table).append(' ').append(row).append('\n'));
            }
        }
        return all.toString();
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
