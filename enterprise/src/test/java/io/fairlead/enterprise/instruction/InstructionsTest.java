package io.fairlead.enterprise.instruction;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.instruction.TestInstructions.ENROLMENT;
import static io.fairlead.enterprise.instruction.TestInstructions.KEY;
import static io.fairlead.enterprise.instruction.TestInstructions.NOW;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fairlead.contract.agent.Order;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionsTest {
    private static TestInstructions given;
    private static Instructions instructions;

    @BeforeAll
    static void start() {
        given = new TestInstructions();
        instructions = given.instructions;
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    private static Future<Long> create(DeviceId device, Act act) {
        return instructions.create(ANNA, device, act, Instructions.VALIDITY);
    }

    private static List<Long> waiting(DeviceId device, long above, int limit) {
        return await(instructions.waiting(device, above, limit)).stream()
                .map(SignedOrder::sequence)
                .toList();
    }

    @Test
    void what_waits_are_the_bytes_that_were_signed() {
        DeviceId device = given.device("i-1");
        Act act = new Act.SetKey("report.interval", "30 s & <more>");
        assertThat(await(create(device, act))).isEqualTo(1);
        SignedOrder waiting = await(instructions.waiting(device, 0, 20)).get(0);
        assertThat(waiting.sequence()).isEqualTo(1);
        assertThat(waiting.signature()).containsExactly(1, 2);
        assertThat(waiting.keyId()).isEqualTo(KEY);
        Order order = given.documents.read(waiting.order(), Order.class);
        assertThat(order.getLabel()).isEqualTo("fairlead instruction 1");
        assertThat(order.getDevice()).isEqualTo("i-1");
        assertThat(order.getEnrolment()).isEqualTo(ENROLMENT);
        assertThat(order.getSequence()).isEqualTo(1);
        assertThat(order.getSet().getKey()).isEqualTo("report.interval");
        assertThat(order.getSet().getValue()).isEqualTo("30 s & <more>");
        assertThat(await(instructions.list(ANNA, device, 1)).get(0).notAfter()).isEqualTo(order.getNotAfter());
        assertThat(await(instructions.signers(List.of(KEY))).values())
                .singleElement()
                .isEqualTo(new byte[] {3, 4});
    }

    @Test
    void every_act_has_its_place_in_the_order() {
        DeviceId device = given.device("i-2");
        for (Act act : List.of(new Act.Collect(), new Act.Diagnose("disk"), new Act.Restart())) {
            Long unused = await(create(device, act));
        }
        List<Order> orders = await(instructions.waiting(device, 0, 20)).stream()
                .map(waiting -> given.documents.read(waiting.order(), Order.class))
                .toList();
        assertThat(orders.get(0).getCollect()).isNotNull();
        assertThat(orders.get(1).getDiagnose().getName()).isEqualTo("disk");
        assertThat(orders.get(2).getRestart()).isNotNull();
    }

    /** Whoever sees a number sees all below it, at any moment. */
    @Test
    void fifty_at_once_are_numbered_in_the_order_of_their_commits() throws Exception {
        DeviceId device = given.device("i-3");
        List<Future<Long>> created = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            created.add(create(device, new Act.Collect()));
        }
        Future<?> all = Future.all(created);
        try (Connection connection = given.fleet.postgres.owner();
                Statement statement = connection.createStatement()) {
            boolean more = true;
            while (more) {
                more = !all.isComplete();
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*), coalesce(max(sequence), 0) FROM instruction WHERE device = 'i-3'")) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getLong(1)).isEqualTo(row.getLong(2));
                }
            }
        }
        assertThat(created.stream().map(Future::result))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void a_refused_instruction_leaves_no_gap() {
        DeviceId device = given.device("i-4");
        assertThat(given.collect(device)).isEqualTo(1);
        Act tooLarge = new Act.SetKey("k", "&".repeat(1_024));
        assertThat(TestFleet.refused(create(device, tooLarge))).isEqualTo(Fault.INVALID);
        assertThat(given.collect(device)).isEqualTo(2);
        assertThat(given.fleet.count("audit_entry WHERE subject = 'i-4' AND code = 'instruction.created'"))
                .isEqualTo(2);
    }

    @Test
    void a_device_must_be_known_and_enrolled() {
        assertThat(TestFleet.refused(create(new DeviceId("nobody"), new Act.Collect())))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(TestFleet.refused(create(given.fleet.registered("i-5"), new Act.Collect())))
                .isEqualTo(Fault.NOT_ENROLLED);
    }

    @Test
    void an_instruction_that_is_out_of_date_is_not_delivered_and_shown_as_expired() {
        DeviceId device = given.device("i-6");
        long number = await(instructions.create(ANNA, device, new Act.Collect(), Duration.ofMinutes(1)));
        assertThat(waiting(device, 0, 20)).containsExactly(number);
        given.clock.advance(Duration.ofMinutes(1));
        assertThat(waiting(device, 0, 20)).isEmpty();
        assertThat(await(instructions.list(ANNA, device, 5)))
                .extracting(Instruction::sequence, Instruction::state)
                .containsExactly(tuple(number, Instruction.State.EXPIRED));
    }

    @Test
    void an_instruction_for_an_earlier_enrolment_is_void() {
        DeviceId device = given.device("i-7");
        long before = given.collect(device);
        given.fleet.enrol(device, TestFleet.hex(0xa2));
        long after = given.collect(device);
        assertThat(waiting(device, 0, 20)).containsExactly(after);
        assertThat(await(instructions.list(ANNA, device, 5)))
                .extracting(Instruction::sequence, Instruction::state)
                .containsExactly(tuple(after, Instruction.State.WAITING), tuple(before, Instruction.State.VOID));
    }

    @Test
    void what_waits_is_answered_again_until_it_is_journaled_or_settled() {
        DeviceId device = given.device("i-8");
        long one = given.collect(device);
        long two = given.collect(device);
        long three = given.collect(device);
        assertThat(waiting(device, 0, 2)).containsExactly(one, two);
        List<SignedOrder> waiting = await(instructions.waiting(device, 0, 1));
        Void delivered = await(given.fleet.database.inTransaction(
                connection -> instructions.delivered(connection, Map.of(device, waiting))));
        Void journaled = await(given.fleet.database.inTransaction(
                connection -> instructions.journaled(connection, Map.of(device, one))));
        assertThat(waiting(device, one, 20)).containsExactly(two, three);
        Result result = new Result(device, two, Outcome.DONE, "", NOW);
        Void settled = await(
                given.fleet.database.inTransaction(connection -> instructions.settle(connection, List.of(result))));
        assertThat(waiting(device, one, 20)).containsExactly(three);
        assertThat(await(instructions.list(ANNA, device, 5)))
                .extracting(Instruction::state)
                .containsExactly(Instruction.State.WAITING, Instruction.State.DONE, Instruction.State.JOURNALED);
    }

    @Test
    void the_first_result_counts_and_each_is_audited_once() {
        DeviceId device = given.device("i-9");
        long number = given.collect(device);
        for (Outcome outcome : new Outcome[] {Outcome.FAILED, Outcome.DONE}) {
            Result result = new Result(device, number, outcome, outcome.name(), NOW);
            Result unknown = new Result(device, 77, outcome, "", NOW);
            Void unused = await(given.fleet.database.inTransaction(
                    connection -> instructions.settle(connection, List.of(result, unknown))));
        }
        assertThat(await(instructions.list(ANNA, device, 5)))
                .extracting(Instruction::state, Instruction::detail)
                .containsExactly(tuple(Instruction.State.FAILED, "FAILED"));
        assertThat(given.fleet.count("audit_entry WHERE subject = 'i-9' AND code = 'instruction.finished'"))
                .isEqualTo(1);
        assertThat(given.fleet.count("audit_entry WHERE subject = 'i-9' AND code = 'instruction.result-unknown'"))
                .isEqualTo(1);
        assertThat(given.fleet.count("result_unknown WHERE device = 'i-9' AND results = 2"))
                .isEqualTo(1);
    }

    @Test
    void what_was_given_in_time_is_journaled_even_when_that_is_said_late() {
        DeviceId device = given.device("i-11");
        long number = given.collect(device);
        List<SignedOrder> waiting = await(instructions.waiting(device, 0, 1));
        Void delivered = await(given.fleet.database.inTransaction(
                connection -> instructions.delivered(connection, Map.of(device, waiting))));
        long never = given.collect(device);
        given.clock.advance(Instructions.VALIDITY.plusSeconds(1));
        Void journaled = await(given.fleet.database.inTransaction(
                connection -> instructions.journaled(connection, Map.of(device, never))));
        assertThat(await(instructions.list(ANNA, device, 5)))
                .extracting(Instruction::sequence, Instruction::state)
                .containsExactly(tuple(never, Instruction.State.EXPIRED), tuple(number, Instruction.State.JOURNALED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-x", "a b", "a;b", "é"})
    void a_name_outside_the_contract_is_refused(String name) {
        assertThatThrownBy(() -> new Act.SetKey(name, "1"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("invalid: a tuning key is named by");
        assertThatThrownBy(() -> new Act.Diagnose(name))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("invalid: a diagnostic is named by");
    }

    @Test
    void a_value_that_xml_cannot_carry_is_refused() {
        for (String value : List.of("\u0000", "a\nb", "\ud800", "\uffff", "x".repeat(1_025))) {
            assertThatThrownBy(() -> new Act.SetKey("k", value)).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void a_validity_has_bounds() {
        DeviceId device = given.device("i-10");
        for (Duration validity : List.of(Duration.ZERO, Duration.ofDays(91), Duration.ofSeconds(-1))) {
            assertThat(TestFleet.refused(instructions.create(ANNA, device, new Act.Restart(), validity)))
                    .isEqualTo(Fault.INVALID);
        }
    }
}
