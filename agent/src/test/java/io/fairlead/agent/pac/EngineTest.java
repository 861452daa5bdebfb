package io.fairlead.agent.pac;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class EngineTest {
    /** The engine costs the memory that the agent at rest does not have. */
    @Test
    void only_the_child_knows_the_engine() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(PacMain.class, PacFunctions.class)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.mozilla.."))
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.fairlead.agent"));
    }
}
