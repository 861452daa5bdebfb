package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginKeysTest {
    private static final PasswordKeys KEYS =
            PasswordKeys.of(Password.chosen("a password that I chose".toCharArray()), new SecureRandom());

    @TempDir
    private Path temporary;

    private TestDatabase postgres;
    private Database database;

    @BeforeEach
    void start() {
        postgres = TestDatabase.start();
        database = postgres.database();
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    private DataFolder folder(String name) {
        return new DataFolder(temporary.resolve(name));
    }

    private LoginKeys open(DataFolder folder) {
        return LoginKeys.open(folder, await(LoginKeys.needed(database)), new SecureRandom());
    }

    private void password(LoginKeys keys, String person) {
        postgres.execute("INSERT INTO person (name, display_name, organisation, created_at, created_by) VALUES ('"
                + person + "', 'Somebody', 'Fairlead', now(), 'test')");
        await(new PasswordStore()
                .set(database.pool(), person, keys.sealPassword(KEYS, person), keys.id(), Instant.EPOCH));
    }

    @Test
    void a_server_whose_secret_is_missing_does_not_start_until_it_is_restored() {
        DataFolder folder = folder("data");
        LoginKeys keys = open(folder);
        password(keys, "anna");
        byte[] backup = folder.readSecret(LoginKeys.FILE).orElseThrow();
        assertThat(folder.secretPath(LoginKeys.FILE).toFile().delete()).isTrue();

        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(folder.secretPath(LoginKeys.FILE) + ", is missing. Restore it from a backup")
                .hasMessageContaining("fairlead enterprise forget-passwords");
        assertThat(folder.readSecret(LoginKeys.FILE)).isEmpty();

        folder.writeSecret(LoginKeys.FILE, backup);
        PasswordStore.Found anna =
                await(new PasswordStore().find(database.pool(), "anna")).orElseThrow();
        assertThat(open(folder).openPassword(anna.sealed(), "anna")).isPresent();
    }

    @Test
    void a_node_with_a_secret_of_its_own_does_not_start_beside_one_that_has_set_passwords() {
        password(open(folder("first")), "anna");
        DataFolder second = folder("second");
        second.writeSecret(LoginKeys.FILE, "0".repeat(64).getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> open(second))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is another one than they were sealed by")
                .hasMessageContaining("take it from another node");
    }

    @Test
    void passwords_whose_secret_is_lost_for_good_are_forgotten_and_others_stay() throws SQLException {
        password(open(folder("lost")), "anna");
        postgres.execute("UPDATE login_password SET key_id = 'lost'");
        DataFolder folder = folder("data");
        folder.writeSecret(LoginKeys.FILE, "0".repeat(64).getBytes(StandardCharsets.US_ASCII));
        password(LoginKeys.read(folder, new SecureRandom()).orElseThrow(), "berta");
        assertThatThrownBy(() -> open(folder)).isInstanceOf(CannotStart.class);

        try (Connection connection = postgres.app()) {
            LostPasswords lost = new LostPasswords(folder);
            assertThat(lost.count(connection)).isEqualTo(1);
            assertThat(lost.forget(connection, "os:root")).isEqualTo(1);
            assertThat(lost.count(connection)).isZero();
        }

        assertThat(open(folder).id()).isEqualTo(postgres.value("SELECT key_id FROM login_password"));
        assertThat(postgres.value("SELECT person FROM login_password")).isEqualTo("berta");
        assertThat(postgres.value(
                        "SELECT actor || ' ' || detail FROM audit_entry WHERE code =" + " 'login.passwords-forgotten'"))
                .isEqualTo("os:root count=1");
    }
}
