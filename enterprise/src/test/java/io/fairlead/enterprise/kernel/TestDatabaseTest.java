package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void every_test_class_gets_a_database_of_its_own() {
        try (TestDatabase one = TestDatabase.start();
                TestDatabase other = TestDatabase.start()) {
            one.execute("CREATE TABLE mine (id int)", "GRANT SELECT ON mine TO fairlead_app");

            long rows = TestDatabase.await(one.database()
                    .pool()
                    .query("SELECT count(*) FROM mine")
                    .execute()
                    .map(found -> found.iterator().next().getLong(0)));

            assertThat(rows).isZero();
            assertThat(other.value("SELECT to_regclass('mine')")).isNull();
        }
    }
}
