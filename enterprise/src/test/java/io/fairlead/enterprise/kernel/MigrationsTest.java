package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    @Test
    void several_nodes_may_migrate_an_empty_database_at_once() throws Exception {
        try (TestDatabase postgres = TestDatabase.start()) {
            postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
            Callable<Void> node = () -> {
                new Migrations(postgres.settings()).run();
                return null;
            };
            ExecutorService nodes = Executors.newFixedThreadPool(3);
            try {
                for (var done : nodes.invokeAll(List.of(node, node, node))) {
                    assertThat(done.get()).isNull();
                }
            } finally {
                nodes.shutdownNow();
            }
            assertThat(postgres.value("SELECT count(*) FROM flyway_schema_history WHERE version = '0101' AND success"))
                    .isEqualTo("1");
            assertThat(postgres.value("SELECT to_regclass('audit_entry')")).isEqualTo("audit_entry");
        }
    }

    @Test
    void a_database_without_our_roles_is_answered_with_what_its_administrator_runs() {
        try (TestDatabase postgres = TestDatabase.start()) {
            DatabaseSettings right = postgres.settings();
            DatabaseLogin nobody = new DatabaseLogin("nobody_here", "x");
            DatabaseSettings noRole = new DatabaseSettings(
                    right.host(), right.port(), "clinic", Optional.empty(), nobody, nobody, nobody);

            assertThatThrownBy(() -> new Migrations(noRole).run())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("The role nobody_here cannot log in to the database clinic")
                    .hasMessageContaining("CREATE ROLE fairlead_app LOGIN")
                    .hasMessageContaining("CREATE DATABASE clinic OWNER fairlead_owner");
            assertThatThrownBy(() -> new Migrations(right.of("nowhere")).run())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("CREATE DATABASE nowhere OWNER fairlead_owner");
        }
    }

    @Test
    void a_database_that_cannot_be_reached_is_named_without_advice_on_roles() {
        DatabaseLogin login = new DatabaseLogin("fairlead_owner", "x");
        DatabaseSettings closed =
                new DatabaseSettings("127.0.0.1", 1, "fairlead", Optional.empty(), login, login, login);

        assertThatThrownBy(() -> new Migrations(closed).run())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("at 127.0.0.1:1")
                .message()
                .doesNotContain("CREATE ROLE");
    }
}
