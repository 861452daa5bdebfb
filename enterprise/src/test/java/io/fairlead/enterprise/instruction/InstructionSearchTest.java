package io.fairlead.enterprise.instruction;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.instruction.TestInstructions.ENROLMENT;
import static io.fairlead.enterprise.instruction.TestInstructions.NOW;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nine instructions of a device, one in each state, and one each of two others. */
class InstructionSearchTest {
    private static TestInstructions given;
    private static InstructionSearch search;
    private static DeviceId device;
    private static Actor mercy;

    @BeforeAll
    static void start() {
        given = new TestInstructions();
        search = new InstructionSearch(given.fleet.database, given.fleet.devices, given.clock);
        device = given.fleet.registered("s-1", "EU", "Mercy");
        given.fleet.enrol(device, ENROLMENT);
        given.fleet.enrol(given.fleet.registered("s-2", "EU", "Mercy"), ENROLMENT);
        given.fleet.enrol(given.fleet.registered("s-3", "EU", "Other"), ENROLMENT);
        mercy = given.fleet.granted("mary", "customer-user", null, "Mercy");
        for (int i = 0; i < 9; i++) {
            long unused = given.collect(device);
            given.clock.advance(Duration.ofSeconds(1));
        }
        long unusedSecond = await(
                given.instructions.create(ANNA, new DeviceId("s-2"), new Act.SetKey("k", "v"), Instructions.VALIDITY));
        long unusedThird = given.collect(new DeviceId("s-3"));
        // In the order of the states; what may come before something else has that as well.
        given.fleet.postgres.execute(
                "UPDATE instruction SET journaled_at = now(), cancelled_at = now() WHERE device = 's-1' AND sequence = 2",
                "UPDATE instruction SET not_after = '2026-11-01Z' WHERE device = 's-1' AND sequence IN (3, 5, 9)",
                "UPDATE instruction SET enrolment = 'f' WHERE device = 's-1' AND sequence IN (4, 6)",
                "UPDATE instruction SET cancelled_at = now() WHERE device = 's-1' AND sequence = 5",
                "UPDATE instruction SET outcome = (ARRAY['DONE', 'FAILED', 'REFUSED', 'INTERRUPTED'])[sequence - 5]"
                        + " WHERE device = 's-1' AND sequence > 5");
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    private static InstructionFilter filter(@Nullable DeviceId of, Instruction.State... states) {
        Set<Instruction.State> some = EnumSet.noneOf(Instruction.State.class);
        some.addAll(Arrays.asList(states));
        return new InstructionFilter(of, null, some, null, null, null);
    }

    private static InstructionSearch.Page found(Actor actor, InstructionFilter filter) {
        return await(search.page(actor, new InstructionQuery(filter, InstructionQuery.Sort.CREATED, false, 1, 100)));
    }

    @Test
    void each_state_is_found_by_its_name_and_is_what_the_list_of_the_device_says() {
        List<Instruction> all = await(given.instructions.list(ANNA, device, 100));
        for (Instruction.State state : Instruction.State.values()) {
            assertThat(found(ANNA, filter(device, state)).instructions())
                    .as(state.name())
                    .containsExactlyElementsOf(
                            all.stream().filter(one -> one.state() == state).toList())
                    .hasSize(1);
        }
        assertThat(found(ANNA, filter(device, Instruction.State.DONE, Instruction.State.WAITING))
                        .total())
                .isEqualTo(2);
    }

    @Test
    void what_somebody_may_not_see_is_neither_found_nor_counted() {
        assertThat(found(ANNA, filter(null)).total()).isEqualTo(11);
        assertThat(found(mercy, filter(null)).total()).isEqualTo(10);
        InstructionQuery other =
                new InstructionQuery(filter(new DeviceId("s-3")), InstructionQuery.Sort.CREATED, false, 1, 10);
        assertThat(TestFleet.refused(search.page(mercy, other))).isEqualTo(Fault.UNKNOWN_DEVICE);
        InstructionQuery all = new InstructionQuery(filter(null), InstructionQuery.Sort.CREATED, false, 1, 10);
        assertThat(TestFleet.refused(search.page(given.fleet.granted("ivan", "it-administrator", null, "Mercy"), all)))
                .isEqualTo(Fault.FORBIDDEN);
    }

    @Test
    void every_criterion_counts() {
        assertThat(total("set", null, null, null)).isEqualTo(1);
        assertThat(total(null, "os:anna", null, null)).isEqualTo(11);
        assertThat(total(null, "os:ben", null, null)).isZero();
        assertThat(total(null, null, NOW.plusSeconds(1), NOW.plusSeconds(3))).isEqualTo(2);
        assertThat(total(null, null, Instant.MIN, Instant.MAX)).isEqualTo(11);
    }

    private static int total(@Nullable String kind, @Nullable String by, @Nullable Instant from, @Nullable Instant to) {
        return found(ANNA, new InstructionFilter(null, kind, Set.of(), by, from, to))
                .total();
    }

    @Test
    void every_order_has_each_once_on_its_pages_and_beyond_the_last_comes_the_last() {
        for (InstructionQuery.Sort sort : InstructionQuery.Sort.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                List<Instruction> all = new ArrayList<>();
                for (int page = 1; page <= 3; page++) {
                    all.addAll(await(search.page(ANNA, new InstructionQuery(filter(null), sort, descending, page, 4)))
                            .instructions());
                }
                assertThat(all).hasSize(11).doesNotHaveDuplicates();
                assertThat(all.get(descending ? 0 : 10).device()).isEqualTo(new DeviceId("s-3"));
            }
        }
        InstructionSearch.Page last = await(search.page(
                ANNA, new InstructionQuery(filter(null), InstructionQuery.Sort.DEVICE, false, 1_000_000, 4)));
        assertThat(last.page()).isEqualTo(3);
        assertThat(last.instructions()).hasSize(3);
    }

    @Test
    void a_reason_that_hides_something_takes_nothing_back() {
        assertThat(TestFleet.refused(given.instructions.cancel(ANNA, device, 1, "a\u202eb")))
                .isEqualTo(Fault.INVALID);
    }
}
