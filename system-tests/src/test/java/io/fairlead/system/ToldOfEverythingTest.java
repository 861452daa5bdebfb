package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.LinkException;
import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.system.Subscriber.Told;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Every alarm that is in the database was delivered at least once, in order, though the server is killed again and again:
 * at any moment, and, which chance would seldom find, between a call and its answer.
 */
class ToldOfEverythingTest {
    private static final int KILLS = Boolean.getBoolean("fairlead.long") ? 40 : 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SERVICE = "urn:fairlead:integration:1:NotificationService:";

    private Server server;
    private TestDevice device;
    private String password;

    @Test
    void nothing_is_lost_and_what_comes_twice_has_its_number() throws Exception {
        try (Folder folder = Folder.make("told");
                Subscriber subscriber = new Subscriber(folder.path());
                Server started = Server.start(
                        folder.path().resolve("server"), "notifications.ca = " + subscriber.certificate())) {
            server = started;
            device = TestDevice.enrol(server.enrolment("told-1"), folder.path().resolve("identity"));
            String subscription = subscribed(subscriber);
            Reporter reporter = new Reporter(device);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<?> running = thread.submit(reporter);
            Random random = new Random(7);
            for (int kill = 0; kill < KILLS; kill++) {
                subscriber.awaitCalls(1, PATIENCE);
                if (kill % 2 == 0) {
                    subscriber.awaitUnanswered(PATIENCE);
                } else {
                    Thread.sleep(random.nextInt(500));
                }
                server.kill9();
                subscriber.answerAgain();
                server.startAgain();
            }
            subscriber.awaitCalls(2, PATIENCE);
            reporter.stop();
            assertThat(running.get()).isNull();
            thread.shutdown();
            awaitNothingWaits();

            judge(subscriber.told());
            lookBack(subscription);
        }
    }

    /** Gives the account all it needs; answers the subscription's id. */
    private String subscribed(Subscriber subscriber) throws Exception {
        JsonObject name = new JsonObject().put("name", "erp");
        password =
                server.call("accounts.add", name.copy().put("label", "The ERP")).getString("password");
        JsonObject unusedGranted = server.call("people.grant", name.copy().put("role", "integration"));
        JsonObject unusedNamed = server.call(
                "notifications.hosts.add",
                new JsonObject()
                        .put("host", "localhost")
                        .put("port", subscriber.port())
                        .put("networks", "127.0.0.0/8,::1"));
        String answer = call(
                "Subscribe",
                "<t:Subscribe><t:wish><t:endpoint>" + subscriber.url() + "</t:endpoint><t:token>" + Subscriber.TOKEN
                        + "</t:token><t:kind>alarm-raised</t:kind></t:wish></t:Subscribe>");
        Matcher id = Pattern.compile("id>([0-9a-f]{32})<").matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        return id.group(1);
    }

    private String call(String operation, String body) throws Exception {
        String envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:t=\"urn:fairlead:integration:1:notification\"><s:Body>" + body + "</s:Body></s:Envelope>";
        String basic =
                "Basic " + Base64.getEncoder().encodeToString(("erp:" + password).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(RawClient.context(device.identity(), false))
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + server.peoplePort()
                                        + "/services/v1/NotificationService"))
                                .header("Authorization", basic)
                                .header("Content-Type", "text/xml; charset=utf-8")
                                .header("SOAPAction", "\"" + SERVICE + operation + "\"")
                                .POST(HttpRequest.BodyPublishers.ofString(envelope))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** What came first has the next number; what came again is word for word what it was. */
    private void judge(List<Told> told) throws Exception {
        Map<Long, Told> first = new HashMap<>();
        long highest = 0;
        int again = 0;
        for (Told each : told) {
            Told before = first.putIfAbsent(each.number(), each);
            if (before == null) {
                assertThat(each.number()).as("in order, and no hole").isEqualTo(++highest);
            } else {
                assertThat(each).isEqualTo(before);
                again++;
            }
        }
        List<String> alarms = first.values().stream().map(Told::alarm).toList();
        assertThat(alarms).as("each has one number").doesNotHaveDuplicates();
        String stored = Rows.value(server, "SELECT string_agg(id::text, ',' ORDER BY id) FROM alarm");
        assertThat(alarms).as("nothing is lost").containsExactlyInAnyOrder(stored.split(","));
        assertThat(again).as("what was cut off came again").isPositive();
    }

    private void awaitNothingWaits() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!"0".equals(Rows.value(server, "SELECT count(*) FROM notification_outbox"))) {
            assertThat(Instant.now()).as("still waiting").isBefore(end);
            Thread.sleep(100);
        }
    }

    /** Whoever looks after the account sees how it went, over all the kills. */
    private void lookBack(String subscription) throws Exception {
        JsonObject said = server.call("notifications.deliveries", new JsonObject().put("name", "erp"))
                .getJsonArray("subscriptions")
                .getJsonObject(0);
        assertThat(said.getString("id")).isEqualTo(subscription);
        assertThat(said.getString("state")).isEqualTo("active");
        assertThat(said.getLong("waiting")).isZero();
        assertThat(said.getLong("taken")).isEqualTo(Long.parseLong(Rows.value(server, "SELECT count(*) FROM alarm")));
        JsonObject newest = said.getJsonArray("deliveries").getJsonObject(0);
        assertThat(newest.getBoolean("taken")).isTrue();
        assertThat(newest.getLong("last")).isEqualTo(said.getLong("taken"));
        assertThat(Double.parseDouble(server.metric("fairlead_notification_taken_total")))
                .isPositive();
    }

    /** Raises an alarm with each message, in batches; what fails is sent again, as an agent does. */
    private static final class Reporter implements Runnable {
        private static final int BATCH = 3;
        private static final int PAUSE_MILLIS = 50;

        private final TestDevice device;
        private final AtomicBoolean stopped = new AtomicBoolean();

        Reporter(TestDevice device) {
            this.device = device;
        }

        void stop() {
            stopped.set(true);
        }

        @Override
        public void run() {
            long committed = 0;
            try {
                while (!stopped.get()) {
                    List<StatusMessage> batch = LongStream.rangeClosed(committed + 1, committed + BATCH)
                            .mapToObj(Reporter::message)
                            .toList();
                    committed = sent(batch, committed);
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private long sent(List<StatusMessage> batch, long before) {
            try {
                ReportResponse answer = device.send(device.report(batch));
                assertThat(answer.getRejected()).isEmpty();
                return answer.getCommitted();
            } catch (LinkException again) {
                return before;
            }
        }

        private static StatusMessage message(long sequence) {
            Alarm alarm = new Alarm();
            alarm.setCode("lamp/" + sequence);
            alarm.setSeverity(Severity.ERROR);
            alarm.setRaised(true);
            StatusMessage message = TestDevice.message(sequence);
            message.getAlarm().add(alarm);
            return message;
        }
    }
}
