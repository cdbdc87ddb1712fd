package org.interruptor.tools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedding guide's project from nothing, built with Maven and with Gradle: the files and the commands of the guide, on the
 * artifacts that this build has packaged, in a build tool of their own.
 */
@Timeout(1800)
class EmbeddingGuideIT {
    private static final String GRADLE = "interruptor.gradle";
    private static final Pattern MAVEN_COMMAND = Pattern.compile("^    mvn (-q compile exec:exec)$", Pattern.MULTILINE);
    private static final Pattern GRADLE_COMMAND = Pattern.compile("^    gradle (-q firstGuest)$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void theMavenProjectRunsAndItsCountersCanBeSeen() throws Exception {
        GuideProject project = new GuideProject(folder);
        Files.createDirectory(
                project.root().resolve(".mvn")); // else Maven takes the settings of a project around this one
        Files.writeString(project.root().resolve("pom.xml"), project.sample("xml", "<project"));

        GuideProject.Ended run = project.run(maven(project, project.command(MAVEN_COMMAND)), Map.of());

        deliversThree(run);
        GuideProject.Ended top = project.run(
                List.of(
                        GuideProject.java(),
                        "-jar",
                        Path.of("target", "interruptor.jar").toAbsolutePath().toString(),
                        "top",
                        "--once",
                        "target/guest.counters"),
                Map.of());
        assertThat(top.status()).as("%s", top).isZero();
        assertThat(top.out()).contains(" 1 vCPU, 0 in the wait").contains("accepted 3, refused 0, queued 0 of 4096");
        assertThat(top.err()).isEmpty();
    }

    /** On request: {@code -Dinterruptor.gradle=gradle}, the command of a Gradle that runs on this Java. */
    @Test
    @EnabledIfSystemProperty(named = GRADLE, matches = ".+")
    void theGradleProjectRuns() throws Exception {
        GuideProject project = new GuideProject(folder);
        Files.writeString(project.root().resolve("settings.gradle"), "rootProject.name = 'first-guest'\n");
        Files.writeString(project.root().resolve("build.gradle"), project.sample("groovy", "interruptor-engine"));

        GuideProject.Ended run = project.run(
                gradle(project, project.command(GRADLE_COMMAND)),
                Map.of("GRADLE_USER_HOME", folder.resolve("gradle").toString()));

        deliversThree(run);
    }

    private static void deliversThree(GuideProject.Ended run) {
        assertThat(run.status()).as("%s", run).isZero();
        assertThat(run.out().lines())
                .as("%s; on a busy host one pass may deliver several", run)
                .contains("delivered 3: external interruption 0x2603, parameter 0xcafe03", "vCPU 0 is not in the wait");
    }

    private List<String> maven(GuideProject project, List<String> arguments) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("settings.xml"),
                String.format(Locale.ROOT, """
                <settings>
                  <mirrors>
                    <mirror><id>outer</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                </settings>
                """, GuideProject.central().toUri()));
        List<String> command = new ArrayList<>();
        command.add(Path.of(GuideProject.property("interruptor.maven.home"), "bin", "mvn")
                .toString());
        command.addAll(List.of("-B", "-s", settings.toString(), "-gs", settings.toString()));
        command.add("-Dmaven.repo.local=" + project.repository());
        command.addAll(arguments);
        return command;
    }

    /** The build's own local repository stands for Maven Central, which cannot be reached offline. */
    private List<String> gradle(GuideProject project, List<String> arguments) throws IOException {
        Path init = Files.writeString(
                folder.resolve("init.gradle"),
                String.format(Locale.ROOT, """
                allprojects {
                    repositories {
                        maven { url '%s' }
                    }
                }
                """, GuideProject.central().toUri()));
        List<String> command = new ArrayList<>(
                List.of(GuideProject.property(GRADLE), "--no-daemon", "--offline", "-I", init.toString()));
        command.add("-Dmaven.repo.local=" + project.repository());
        command.addAll(arguments);
        return command;
    }
}
