package io.fairlead.enterprise.people;

import io.fairlead.enterprise.kernel.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what, read from tables that were written by hand (roles.txt, places.txt, trainings.txt): every role × grant ×
 * training × passkey × action × place is one cell. For tests of every lane.
 */
public final class RightsTable {
    public static final String REGION = "eu";
    public static final String CUSTOMER = "St. Mary";
    public static final String MODEL = "AU480";
    public static final String OTHER_MODEL = "DxI";

    private static final Map<String, Scope> GRANTED = Map.of(
            "everywhere", Scope.PLATFORM,
            "region", new Scope(REGION, null, null),
            "customer", new Scope(null, CUSTOMER, null),
            "model", new Scope(null, null, MODEL),
            "all-three", new Scope(REGION, CUSTOMER, MODEL));
    private static final Map<String, Scope> DEVICES = Map.of(
            "here", new Scope(REGION, CUSTOMER, MODEL),
            "other-region", new Scope("us", CUSTOMER, MODEL),
            "other-customer", new Scope(REGION, "Other", MODEL),
            "other-model", new Scope(REGION, CUSTOMER, OTHER_MODEL));
    private static final Map<String, Scope> PEOPLE = Map.of(
            "its-people", Scope.ofPeople(CUSTOMER),
            "other-people", Scope.ofPeople("Other"),
            "vendor-people", Scope.ofPeople(null));

    private final Map<String, Map<String, String>> roles = read("roles.txt");
    private final Map<String, Map<String, String>> places = read("places.txt");
    private final Map<String, Map<String, String>> trainings = read("trainings.txt");

    /** What is to come of it. */
    public enum Expected {
        ALLOWED,
        /** All is there but the passkey. */
        PASSKEY,
        FORBIDDEN
    }

    /** Somebody with one role and at most one training on record. */
    public record Holder(Role role, String granted, String trained) {
        /** As a person's name. */
        public String name() {
            return (role.key() + "." + granted + "." + trained).toLowerCase(Locale.ROOT);
        }

        public Scope scope() {
            return Objects.requireNonNull(GRANTED.get(granted));
        }

        /** What is on record of him, if anything. */
        public List<Training> trainings(Instant now) {
            return switch (trained) {
                case "AU480-out-of-date" -> List.of(new Training(1, MODEL, now, "course"));
                case "AU480" -> List.of(new Training(1, MODEL, now.plusSeconds(86_400), "course"));
                case "DxI" -> List.of(new Training(1, OTHER_MODEL, now.plusSeconds(86_400), "course"));
                default -> List.of();
            };
        }
    }

    /** One cell: what comes of it when this holder does this there. */
    public record Cell(Holder holder, boolean confirmed, Action action, String place, Scope scope, Expected expected) {}

    /** Every holder that can be: customers' roles are granted at customers. */
    public List<Holder> holders() {
        List<Holder> holders = new ArrayList<>();
        for (Role role : Role.values()) {
            for (String granted : places.keySet()) {
                if (!role.isOfCustomer()
                        || Objects.requireNonNull(GRANTED.get(granted)).customer() != null) {
                    trainings.keySet().forEach(trained -> holders.add(new Holder(role, granted, trained)));
                }
            }
        }
        return holders;
    }

    /** Puts holders into a database as people with their grants and trainings. */
    public static void insert(TestDatabase postgres, List<Holder> holders, Instant now) {
        List<String> statements = new ArrayList<>();
        for (Holder holder : holders) {
            String name = "'" + holder.name() + "'";
            Scope scope = holder.scope();
            statements.add(
                    "INSERT INTO person (name, display_name, organisation, customer, created_at, created_by) VALUES ("
                            + name + ", 'Holder', 'Somewhere', "
                            + (holder.role().isOfCustomer() ? quoted(CUSTOMER) : "NULL")
                            + ", now(), 'test')");
            statements.add(
                    "INSERT INTO person_grant (person, role, region, customer, model, granted_at, granted_by) VALUES ("
                            + name + ", " + quoted(holder.role().key()) + ", " + quoted(scope.region()) + ", "
                            + quoted(scope.customer()) + ", " + quoted(scope.model()) + ", now(), 'test')");
            holder.trainings(now)
                    .forEach(training -> statements.add(
                            "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by) VALUES ("
                                    + name + ", " + quoted(training.model()) + ", '" + training.until()
                                    + "', 'course', now(), 'test')"));
        }
        postgres.execute(statements.toArray(String[]::new));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "NULL" : "'" + text + "'";
    }

    /** Every cell. */
    public Stream<Cell> cells() {
        return holders().stream()
                .flatMap(holder -> Stream.of(true, false)
                        .flatMap(confirmed -> Stream.of(Action.values())
                                .flatMap(action -> scopes(action).entrySet().stream()
                                        .map(place -> new Cell(
                                                holder,
                                                confirmed,
                                                action,
                                                place.getKey(),
                                                place.getValue(),
                                                expected(holder, confirmed, action, place.getKey()))))));
    }

    /** The devices by their names. */
    public static Map<String, Scope> devices() {
        return DEVICES;
    }

    private static Map<String, Scope> scopes(Action action) {
        return switch (action.subject()) {
            case DEVICE -> DEVICES;
            case PEOPLE -> PEOPLE;
            case PLATFORM -> Map.of("platform", Scope.PLATFORM);
        };
    }

    /** What the tables say. */
    public Expected expected(Holder holder, boolean confirmed, Action action, String place) {
        String needs = of(roles, action.name(), holder.role().key());
        if (needs.equals("-") || of(places, holder.granted(), place).equals("-")) {
            return Expected.FORBIDDEN;
        }
        if (needs.startsWith("t")) {
            String model = place.equals("other-model") ? OTHER_MODEL : MODEL;
            if (of(trainings, holder.trained(), model).equals("-")) {
                return Expected.FORBIDDEN;
            }
        }
        return needs.endsWith("p") && !confirmed ? Expected.PASSKEY : Expected.ALLOWED;
    }

    private static String of(Map<String, Map<String, String>> table, String row, String column) {
        return Objects.requireNonNull(
                Objects.requireNonNull(table.get(row), row).get(column), column);
    }

    private static Map<String, Map<String, String>> read(String name) {
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        String[] titles = null;
        for (String line :
                text(name).lines().filter(each -> !each.startsWith("#")).toList()) {
            String[] cells = line.strip().split(" +", -1);
            if (titles == null) {
                titles = cells;
                continue;
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 1; i < titles.length; i++) {
                row.put(titles[i], cells[i]);
            }
            table.put(cells[0], row);
        }
        return table;
    }

    private static String text(String name) {
        try (@Nullable InputStream in = RightsTable.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
