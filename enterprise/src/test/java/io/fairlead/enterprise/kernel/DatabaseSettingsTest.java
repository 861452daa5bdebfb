package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
    @TempDir
    Path temporary;

    private DataFolder folder;

    @BeforeEach
    void giveSecrets() throws Exception {
        folder = new DataFolder(temporary.resolve("data"));
        for (String role : List.of("fairlead_owner", "fairlead_app", "fairlead_sealer")) {
            folder.writeSecret(role + ".password", ("of " + role + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.path().resolve("database-ca.pem"), "a certificate");
    }

    @Test
    void an_address_is_verified_unless_it_says_otherwise() {
        DatabaseSettings verified = DatabaseSettings.external("postgresql://db.example.org/fairlead", folder);
        DatabaseSettings open = DatabaseSettings.external("postgresql://[::1]:5433/other?sslmode=disable", folder);

        assertThat(verified.jdbcUrl())
                .startsWith("jdbc:postgresql://db.example.org:5432/fairlead?sslmode=verify-full&");
        assertThat(verified.app()).isEqualTo(new DatabaseLogin("fairlead_app", "of fairlead_app"));
        assertThat(open.jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5433/other?sslmode=disable");
        assertThat(open.host()).isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:geheim@db.example.org/fairlead",
                "postgresql://db.example.org/fairlead?password=geheim",
                "postgresql://db.example.org/fairlead?sslmode=require",
                "postgresql://db.example.org/",
                "postgresql://db.example.org/a/b",
                "postgresql://db.example.org:99999/fairlead",
                "postgresql:///fairlead",
                "postgresql:geheim",
                "jdbc:postgresql://db.example.org/fairlead",
                "http://geheim@db.example.org/fairlead",
                "not an address: geheim",
                ""
            })
    void another_form_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> DatabaseSettings.external(url, folder))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("database.url cannot be used: ")
                .hasNoCause()
                .message()
                .doesNotContain("geheim");
    }

    @Test
    void a_missing_password_and_a_missing_authority_are_named() throws Exception {
        Files.delete(folder.path().resolve("database-ca.pem"));
        assertThatThrownBy(() -> DatabaseSettings.external("postgresql://db.example.org/fairlead", folder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(folder.path().resolve("database-ca.pem").toString());

        Files.delete(folder.secretPath("fairlead_app.password"));
        assertThatThrownBy(() -> DatabaseSettings.external("postgresql://db/fairlead?sslmode=disable", folder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(folder.secretPath("fairlead_app.password").toString());
    }

    @Test
    void a_login_never_prints_its_password() {
        assertThat(DatabaseSettings.external("postgresql://db/fairlead?sslmode=disable", folder))
                .asString()
                .contains("fairlead_app")
                .doesNotContain("of fairlead_app");
    }
}
