package io.fairlead.enterprise.integration;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.account.TestAccounts;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusedDeedsTest {
    @Test
    void the_same_is_said_once_a_minute_and_of_an_account_so_much_with_how_many_more_there_were() {
        try (TestAccounts room = new TestAccounts()) {
            RefusedDeeds refusals = new RefusedDeeds(room.audit, room.clock);
            for (int again = 0; again < 3; again++) {
                note(refusals, "erp", Fault.FORBIDDEN, "see");
            }
            assertThat(rows(room, "erp")).isEqualTo("1");
            note(refusals, "erp", Fault.INVALID, "is about no right");
            for (int other = 0; other < 100; other++) {
                note(refusals, "erp", Fault.UNKNOWN_DEVICE, "LAB-" + other);
            }
            assertThat(rows(room, "erp")).isEqualTo("" + RefusedDeeds.MOST);
            note(refusals, "crm", Fault.NOT_FOUND, "of another");
            assertThat(rows(room, "crm")).isEqualTo("1");

            room.clock.advance(Duration.ofMinutes(1));
            note(refusals, "erp", Fault.FORBIDDEN, "see");
            assertThat(room.postgres.value(
                            "SELECT detail FROM audit_entry WHERE code = 'account.forbidden' ORDER BY id DESC"
                                    + " LIMIT 1"))
                    .isEqualTo("call=UserService.Find code=forbidden why=\"forbidden: see\" address=192.0.2.1"
                            + " correlation=c0ffee more=43");
        }
    }

    private static void note(RefusedDeeds refusals, String account, Fault fault, String why) {
        Caller caller = new Caller(
                Actor.integration(account, true), "192.0.2.1", "c0ffee", "UserService.Find", refusals, false, null);
        Void unused = await(refusals.note(caller, new Refusal(fault, why)));
    }

    private static String rows(TestAccounts room, String account) {
        return room.postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'account.forbidden' AND actor ="
                + " 'integration:" + account + "'");
    }
}
