package io.fairlead.enterprise.notification;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an account may have the server call, and what not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CourierTest {
    private static final String THIS_MACHINE = "127.0.0.0/8";
    private final ManualTimers timers = new ManualTimers();
    private final TestNotifications room = new TestNotifications(Optional.empty(), timers);

    @BeforeEach
    void start() {
        room.afresh();
    }

    @AfterAll
    void stop() {
        room.close();
    }

    private Undelivered sent(String endpoint) {
        Delivery delivery = await(send(endpoint));
        return delivery.undelivered();
    }

    private Future<Delivery> send(String endpoint) {
        return room.courier.send(
                Endpoint.of(endpoint), false, Parcel.test("ab".repeat(16), TestNotifications.TOKEN, Instant.EPOCH));
    }

    /** By http, called erp.test. */
    private TestReceiver receiver(String... networks) {
        TestReceiver receiver = new TestReceiver(room.vertx, "127.0.0.1");
        room.names.put("erp.test", List.of("127.0.0.1"));
        room.named("erp.test", receiver.port(), true, networks);
        return receiver;
    }

    private static String at(TestReceiver receiver) {
        return "http://erp.test:" + receiver.port() + "/in?a=b";
    }

    @Test
    void a_name_with_an_address_that_is_not_public_is_not_called() {
        TestReceiver receiver = receiver();
        for (String address : List.of(
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.31.255.1",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "198.18.0.1",
                "192.0.0.170",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "fe80::1",
                "fec0::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2001::1",
                "2001:db8::1")) {
            for (List<String> answer : List.of(List.of(address), List.of("8.8.8.8", address))) {
                room.names.put("erp.test", answer);
                assertThat(sent(at(receiver))).as("%s", answer).isEqualTo(Undelivered.ADDRESS_REFUSED);
            }
        }
        assertThat(receiver.connections).hasValue(0);
    }

    @Test
    void a_network_that_was_named_is_called_and_its_neighbour_is_not() {
        TestReceiver receiver = receiver("127.0.0.1/32");
        assertThat(sent(at(receiver))).isNull();
        room.names.put("erp.test", List.of("127.0.0.2"));
        assertThat(sent(at(receiver))).isEqualTo(Undelivered.ADDRESS_REFUSED);
        room.names.remove("erp.test");
        assertThat(sent(at(receiver))).isEqualTo(Undelivered.NOT_RESOLVED);
        assertThat(sent("http://other.test:" + receiver.port() + "/")).isEqualTo(Undelivered.NOT_NAMED);
        assertThat(sent("http://erp.test:8081/")).isEqualTo(Undelivered.NOT_NAMED);
    }

    @Test
    void a_name_that_answers_differently_a_moment_later_leads_nowhere_else() {
        TestReceiver inner = new TestReceiver(room.vertx, "127.0.0.1");
        List<String> asked = new ArrayList<>();
        Courier courier = new Courier(
                room.vertx,
                room.receivers,
                name -> {
                    asked.add(name);
                    return Future.succeededFuture(
                            List.of(TestNotifications.address(asked.size() == 1 ? "127.0.0.2" : "127.0.0.1")));
                },
                Optional.empty(),
                timers);
        room.named("erp.test", inner.port(), true, "127.0.0.2/32");
        TestReceiver meant = new TestReceiver(room.vertx, "127.0.0.2");
        room.named("erp.test", meant.port(), true, "127.0.0.2/32");
        Parcel parcel = Parcel.test("ab".repeat(16), TestNotifications.TOKEN, Instant.EPOCH);

        assertThat(await(courier.send(Endpoint.of("http://erp.test:" + meant.port() + "/"), false, parcel))
                        .isTaken())
                .isTrue();
        assertThat(asked).containsExactly("erp.test");
        assertThat(await(courier.send(Endpoint.of("http://erp.test:" + inner.port() + "/"), false, parcel))
                        .undelivered())
                .isEqualTo(Undelivered.ADDRESS_REFUSED);
        assertThat(inner.connections).hasValue(0);
    }

    @Test
    void redirects_are_not_followed_and_nothing_is_fetched_for_an_answer() {
        TestReceiver inner = new TestReceiver(room.vertx, "127.0.0.1");
        TestReceiver receiver = receiver(THIS_MACHINE);
        String there = "http://127.0.0.1:" + inner.port() + "/";
        for (int status : List.of(301, 302, 303, 307, 308)) {
            receiver.answers(request -> request.response()
                    .setStatusCode(status)
                    .putHeader("Location", there)
                    .end()
                    .onFailure(gone -> {}));
            assertThat(sent(at(receiver))).isEqualTo(Undelivered.REDIRECTED);
        }
        for (String answer : List.of(
                "<!DOCTYPE a SYSTEM \"" + there + "\">" + TestReceiver.TAKEN,
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"" + there + "\">]><s:Envelope"
                        + " xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>&b;</s:Body></s:Envelope>",
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault/></s:Body></s:Envelope>",
                "<html/>",
                "",
                "<a>".repeat(10_000))) {
            receiver.answers(200, answer);
            assertThat(sent(at(receiver))).as(answer).isEqualTo(Undelivered.NO_ANSWER);
        }
        assertThat(inner.connections).hasValue(0);
        receiver.answers(200, TestReceiver.TAKEN);
        assertThat(sent(at(receiver))).isNull();
        assertThat(receiver.heads.get(0))
                .contains("erp.test:" + receiver.port())
                .doesNotContain("Cookie");
    }

    @Test
    void an_answer_without_end_is_cut_and_one_that_does_not_come_is_not_waited_for() throws Exception {
        TestReceiver receiver = receiver(THIS_MACHINE);
        CountDownLatch gone = new CountDownLatch(2);
        receiver.answers(request -> {
            request.connection().closeHandler(closed -> gone.countDown());
            request.response().setChunked(true);
            more(request);
        });
        assertThat(sent(at(receiver))).isEqualTo(Undelivered.TOO_LONG);

        CountDownLatch came = new CountDownLatch(1);
        receiver.answers(request -> {
            request.connection().closeHandler(closed -> gone.countDown());
            came.countDown();
        });
        Future<Delivery> slow = send(at(receiver));
        assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
        timers.fire(Courier.LONGEST);
        assertThat(await(slow).undelivered()).isEqualTo(Undelivered.TOO_SLOW);
        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void more(HttpServerRequest request) {
        request.response().write(Buffer.buffer("x".repeat(8_192))).onSuccess(written -> more(request));
    }

    @Test
    void a_certificate_must_be_believed_and_of_that_name(@TempDir Path folder) throws Exception {
        TestReceiver receiver = new TestReceiver(room.vertx, "127.0.0.1", "erp.test");
        Path ca = Files.writeString(folder.resolve("ca.pem"), receiver.certificate);
        try (TestNotifications believing = new TestNotifications(Optional.of(ca), null)) {
            for (TestNotifications each : List.of(room, believing)) {
                for (String name : List.of("erp.test", "other.test")) {
                    each.names.put(name, List.of("127.0.0.1"));
                    each.named(name, receiver.port(), false, THIS_MACHINE);
                }
            }
            String right = "https://erp.test:" + receiver.port() + "/";
            assertThat(sent(right)).as("believed by nobody else").isEqualTo(Undelivered.NOT_BELIEVED);
            Parcel parcel = Parcel.test("ab".repeat(16), TestNotifications.TOKEN, Instant.EPOCH);
            for (int i = 0; i < 2; i++) {
                assertThat(await(believing.courier.send(Endpoint.of(right), true, parcel))
                                .undelivered())
                        .as("SOAP 1.1 is no answer to 1.2")
                        .isEqualTo(Undelivered.NO_ANSWER);
                assertThat(await(believing.courier.send(Endpoint.of(right), false, parcel))
                                .undelivered())
                        .isNull();
                assertThat(await(believing.courier.send(
                                        Endpoint.of("https://other.test:" + receiver.port() + "/"), false, parcel))
                                .undelivered())
                        .as("another's name")
                        .isEqualTo(Undelivered.NOT_BELIEVED);
            }
            assertThat(await(believing.courier.send(
                                    Endpoint.of("http://erp.test:" + receiver.port() + "/"), false, parcel))
                            .undelivered())
                    .as("http was not named")
                    .isEqualTo(Undelivered.NOT_NAMED);
            assertThat(receiver.bodies).hasSize(4);
        }
    }
}
