package org.interruptor.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the engine is made of and what it shows. */
class ArchitectureTest {
    private static final String ENGINE = "org.interruptor.engine";

    private static final JavaClasses ENGINE_CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ENGINE);

    @Test
    void theEngineDependsOnMemoryItsFourLibrariesAndTheJdkOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE + "..",
                        "org.interruptor.memory..",
                        "com.lmax.disruptor..",
                        "org.agrona..",
                        "net.openhft.chronicle.core..",
                        "org.HdrHistogram..",
                        "java..",
                        "jdk.jfr..")
                .check(ENGINE_CLASSES);
    }

    /**
     * The floors, the lowest first; packages that stand beside each other are told apart by a blank. No package uses one above it
     * or beside it.
     */
    private static final List<String> FLOORS = List.of(
            "padding clock", "gate", "contract latency", "count", "event", "queue", "wake", "cpu observe deliver", "");

    /** Where each package of the engine stands. */
    private static Map<String, Integer> heights() {
        Map<String, Integer> heights = new HashMap<>();
        for (int height = 0; height < FLOORS.size(); height++) {
            for (String name : FLOORS.get(height).split(" ", -1)) {
                heights.put(name.isEmpty() ? ENGINE : ENGINE + "." + name, height);
            }
        }
        return heights;
    }

    @Test
    void noPackageUsesOneAboveOrBesideIt() {
        Map<String, Integer> heights = heights();
        assertThat(heights.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ENGINE_CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()));
        List<String> upwards = ENGINE_CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> {
                    String from = dependency.getOriginClass().getPackageName();
                    String to = dependency.getTargetClass().getPackageName();
                    return heights.containsKey(to) && !to.equals(from) && heights.get(to) >= heights.get(from);
                })
                .map(Dependency::getDescription)
                .toList();

        assertThat(upwards).isEmpty();
    }

    /** Names that are used in Javadoc only leave no trace in classes, but an import in a source. */
    @Test
    void noSourceImportsAPackageAboveOrBesideIt() throws IOException {
        Map<String, Integer> heights = heights();
        List<String> upwards = new ArrayList<>();
        for (Path source : sources()) {
            String from = ENGINE;
            for (String line : Files.readAllLines(source)) {
                if (line.startsWith("package ")) {
                    from = line.substring("package ".length(), line.length() - 1);
                } else if (line.startsWith("import " + ENGINE)) {
                    String to = line.substring("import ".length(), line.lastIndexOf('.'));
                    if (heights.get(to) >= heights.get(from)) {
                        upwards.add(source.getFileName() + ": " + line);
                    }
                }
            }
        }

        assertThat(upwards).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
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
                        "Sources",
                        "VcpuAgent",
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

    /** What parks or wakes: the wait, the pause, the machine's threads, and readers of samples. */
    @Test
    void onlyAWaitAndAPausePark() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + "..")
                .and()
                .haveNameNotMatching(
                        ".*\\.(Sleeper|WaitWord|PauseGate|SamplerThread|TimerThread|LatencyThread|CountersSnapshot)")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("LockSupport")
                .check(ENGINE_CLASSES);
    }

    /** Blocks leave no trace that ArchUnit shows, so this looks at the sources. */
    @Test
    void nothingButSamplerAndMachineResetIsSynchronized() throws IOException {
        List<Path> sources = sources().stream()
                .filter(file -> !file.endsWith("Sampler.java") && !file.endsWith("MachineReset.java"))
                .toList();

        assertThat(sources)
                .hasSizeGreaterThan(20)
                .allSatisfy(source -> assertThat(source).content().doesNotContainPattern("\\bsynchronized\\b"));
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
