package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.app.Judged.Outcome;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.RightsTable;
import io.fairlead.enterprise.people.RightsTable.Holder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every role listens to every device at once: whose changes it hears, against the tables of rights. */
class LiveRightsTest {
    private static final Judged JUDGED = new Judged();
    private static final List<Holder> HOLDERS = new RightsTable().holders();
    /** That no device has; heard by whoever may see it, which is nobody. */
    private static final String NO_DEVICE = "device/nowhere";
    /** Of no device, so everybody hears them: that all was told, and that nothing follows. */
    private static final String TOLD = "told";

    private static final String LAST = "last";

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
        new Estate(server).prepare(HOLDERS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** One who listens. */
    private record Listener(Holder holder, boolean confirmed, BufferedReader stream) {}

    @Test
    void every_role_hears_of_the_devices_that_it_may_see_and_of_no_other() throws Exception {
        Set<String> places = RightsTable.devices().keySet();
        Set<String> topics =
                places.stream().map(place -> "device/" + place).collect(Collectors.toCollection(TreeSet::new));
        topics.add(NO_DEVICE);
        List<Listener> listeners = new ArrayList<>();
        for (Holder holder : HOLDERS) {
            listeners.add(listener(holder, true, topics));
            if (holder.trained().equals("none")) {
                listeners.add(listener(holder, false, topics));
            }
        }
        tell(String.join(" ", topics));
        tell(TOLD);
        // One round is told to all before the next: whatever came before has reached everybody once this one knows it.
        Listener one = listeners.get(0);
        Set<String> first = heard(one, TOLD);
        tell(LAST);

        List<String> wrong = new ArrayList<>();
        int cells = 0;
        for (Listener each : listeners) {
            Set<String> heard = heard(each, LAST);
            if (each.equals(one)) {
                heard.addAll(first);
            }
            for (String topic : topics) {
                cells++;
                if (heard.contains(topic) != may(each, topic)) {
                    wrong.add(each.holder().name()
                            + (each.confirmed() ? " " : " without passkey ")
                            + (heard.contains(topic) ? "hears " : "does not hear ")
                            + topic);
                }
            }
            each.stream().close();
        }
        System.out.println("live cells=" + cells + " wrong=" + wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(400);
    }

    private static boolean may(Listener listener, String topic) {
        return !topic.equals(NO_DEVICE)
                && JUDGED.outcome(
                                listener.holder(),
                                listener.confirmed(),
                                "person",
                                List.of(Action.SEE_DEVICE),
                                "device",
                                topic.substring("device/".length()))
                        == Outcome.LET;
    }

    private static Listener listener(Holder holder, boolean confirmed, Set<String> topics) throws IOException {
        Web web = server.browser(server.session(holder.name(), "browser", confirmed, false));
        String all = Stream.concat(topics.stream(), Stream.of(TOLD, LAST)).collect(Collectors.joining("+"));
        BufferedReader stream =
                new BufferedReader(new InputStreamReader(web.stream("/live?topics=" + all), StandardCharsets.UTF_8));
        assertThat(stream.readLine()).as(holder.name()).isEqualTo("event: hello");
        return new Listener(holder, confirmed, stream);
    }

    /** As any node tells all of them. */
    private static void tell(String names) {
        assertThat(server.sql("SELECT pg_notify('fairlead_changed', '" + names + "')"))
                .isNotNull();
    }

    /** What is heard before that; what the devices' making has left to be told, too. */
    private static Set<String> heard(Listener listener, String end) throws IOException {
        Set<String> heard = new TreeSet<>();
        for (String topic = next(listener.stream()); !topic.equals(end); topic = next(listener.stream())) {
            heard.add(topic);
        }
        return heard;
    }

    private static String next(BufferedReader stream) throws IOException {
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            assertThat(line).isNotEqualTo("event: again").isNotEqualTo("event: full");
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        throw new AssertionError("the stream has ended");
    }
}
