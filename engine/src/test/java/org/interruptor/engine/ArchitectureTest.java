package org.interruptor.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the engine is made of and what it shows. */
class ArchitectureTest {
    private static final String ENGINE = "org.interruptor.engine";

    private static final JavaClasses ENGINE_CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ENGINE);

    @Test
    void theEngineDependsOnMemoryItsThreeLibrariesAndTheJdkOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE + "..",
                        "org.interruptor.memory..",
                        "com.lmax.disruptor..",
                        "org.agrona..",
                        "net.openhft.chronicle.core..",
                        "java..",
                        "jdk.jfr..")
                .check(ENGINE_CLASSES);
    }

    @Test
    void clocksAndEventsDoNotKnowTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE + ".clock..", ENGINE + ".event..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ENGINE)
                .check(ENGINE_CLASSES);
    }

    @Test
    void nothingIsPublicByAccident() {
        assertThat(ENGINE_CLASSES.stream()
                        .filter(type -> type.getPackageName().equals(ENGINE))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "Machine",
                        "MachineBuilder",
                        "Vcpu",
                        "VcpuHandle",
                        "GuestCpu",
                        "IoSource",
                        "AdapterRoute",
                        "SavedMachine",
                        "ScenarioWriter");
    }

    @Test
    void nothingUsesALockOfTheLibrarys() {
        noClasses()
                .that(not(simpleName("Pauses"))) // pausers among themselves; a vCPU takes it only while it is paused
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.util.concurrent.locks..").and(not(simpleName("LockSupport"))))
                .check(ENGINE_CLASSES);
    }

    /** Blocks leave no trace that ArchUnit shows, so this looks at the sources. */
    @Test
    void nothingButSamplerAndMachineResetIsSynchronized() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("Sampler.java") && !file.endsWith("MachineReset.java"))
                    .toList();

            assertThat(sources)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(source -> assertThat(source).content().doesNotContainPattern("\\bsynchronized\\b"));
        }
    }

    @Test
    void noPathThatCountsReachesTheSampler() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(Machine|MachineBuilder|Sampler|SamplerThread)")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameStartingWith("Sampler")
                .check(ENGINE_CLASSES);
    }
}
