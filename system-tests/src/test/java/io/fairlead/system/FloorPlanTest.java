package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plan of ARCHITECTURE.md: a room imports lower floors only, and rooms on one floor do not know each other. */
class FloorPlanTest {
    enum Program {
        ENTERPRISE(
                "io.fairlead.enterprise",
                Map.ofEntries(
                        Map.entry("app", 10),
                        Map.entry("agentlane", 9),
                        Map.entry("integration", 9),
                        Map.entry("cxf", 8),
                        Map.entry("notification", 8),
                        Map.entry("operator", 9),
                        Map.entry("publication", 9),
                        Map.entry("console", 9),
                        Map.entry("browser", 8),
                        Map.entry("roster", 8),
                        Map.entry("status", 7),
                        Map.entry("allowlist", 7),
                        Map.entry("reach", 7),
                        Map.entry("file", 7),
                        Map.entry("remote", 7),
                        Map.entry("instruction", 6),
                        Map.entry("tunnel", 6),
                        Map.entry("account", 5),
                        Map.entry("fleet", 5),
                        Map.entry("recording", 5),
                        Map.entry("identity", 4),
                        Map.entry("login", 4),
                        Map.entry("people", 3),
                        Map.entry("audit", 2),
                        Map.entry("guide", 2),
                        Map.entry("kernel", 1))),
        AGENT(
                "io.fairlead.agent",
                Map.ofEntries(
                        Map.entry("app", 6),
                        Map.entry("site", 5),
                        Map.entry("poll", 4),
                        Map.entry("status", 3),
                        Map.entry("file", 3),
                        Map.entry("remote", 3),
                        Map.entry("instruction", 2),
                        Map.entry("witness", 2),
                        Map.entry("reach", 2),
                        Map.entry("companion", 2),
                        Map.entry("outbox", 1),
                        Map.entry("link", 1),
                        Map.entry("consent", 1),
                        Map.entry("kernel", 0),
                        Map.entry("host", 0),
                        Map.entry("pac", 0),
                        Map.entry("rfb", 0),
                        Map.entry("terminal", 1))),
        FIREWALL("io.fairlead.firewall", Map.of("", 0, "format", 1, "catalogue", 1));

        private final String root;
        private final Map<String, Integer> floors;
        private final JavaClasses classes;

        Program(String root, Map<String, Integer> floors) {
            this.root = root;
            this.floors = floors;
            this.classes = new ClassFileImporter().importPackages(root);
        }

        Set<String> rooms() {
            return classes.stream().map(this::room).collect(Collectors.toCollection(TreeSet::new));
        }

        String room(JavaClass of) {
            if (of.getPackageName().equals(root)) {
                return "";
            }
            String name = of.getPackageName().substring(root.length() + 1);
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_room_stands_in_the_plan_and_the_plan_has_no_empty_room(Program program) {
        assertThat(program.rooms()).isEqualTo(new TreeSet<>(program.floors.keySet()));
    }

    @ParameterizedTest
    @EnumSource
    void rooms_import_lower_floors_only(Program program) {
        Map<String, Set<String>> upward = new TreeMap<>();
        for (JavaClass each : program.classes) {
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (target.getPackageName().equals(program.root)
                        || target.getPackageName().startsWith(program.root + ".")) {
                    String from = program.room(each);
                    String to = program.room(target);
                    if (!from.equals(to)
                            && program.floors.getOrDefault(from, 0) <= program.floors.getOrDefault(to, 99)) {
                        upward.computeIfAbsent(from + " -> " + to, key -> new TreeSet<>())
                                .add(each.getSimpleName() + " -> " + target.getSimpleName());
                    }
                }
            }
        }
        assertThat(upward).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void every_room_says_what_it_is_for(Program program) {
        Set<String> documented = program.classes.stream()
                .filter(each -> each.getSimpleName().equals("package-info"))
                .map(program::room)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(program.rooms());
    }

    @ParameterizedTest
    @EnumSource
    void classes_are_not_named_for_nothing(Program program) {
        List<String> vague = program.classes.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> name.matches(".*(Manager|Helper|Util|Utils|Impl|Base)|Abstract.*"))
                .toList();

        assertThat(vague).isEmpty();
    }
}
