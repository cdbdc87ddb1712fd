package org.interruptor.tools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedding guide's project from nothing, as its reader makes it: the files and the command that stand in the guide, on
 * the artifacts that this build has packaged, in a Maven of its own.
 *
 * <p>Its local repository is a fresh one, into which the artifacts are put as {@code mvn install} would. All else comes
 * from the local repository of this build, which stands for Maven Central: no network is needed, and a plugin that this
 * build does not use is not found.
 */
@Timeout(300)
class EmbeddingGuideIT {
    private static final Path GUIDE = Documents.ROOT.resolve("engine/doc/embedding.md");
    private static final Pattern COMMAND = Pattern.compile("^    mvn (-q compile exec:exec)$", Pattern.MULTILINE);

    /** Maven prints some even where there is no terminal. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    @TempDir
    private static Path folder;

    private static Path project;

    private record Ended(int status, String out, String err) {}

    @BeforeAll
    static void follow() throws IOException {
        String guide = Files.readString(GUIDE);
        project = Files.createDirectory(folder.resolve("first-guest"));
        Files.createDirectory(project.resolve(".mvn")); // else Maven takes the settings of a project around this one
        Files.writeString(project.resolve("pom.xml"), sample(guide, "xml", "<project"));
        Path sources = Files.createDirectories(project.resolve("src/main/java/org/example"));
        Files.writeString(sources.resolve("FirstGuest.java"), sample(guide, "java", "class FirstGuest"));

        String version = System.getProperty("interruptor.version");
        assertThat(version).as("property interruptor.version, set by the build").isNotNull();
        install("interruptor-parent", version, Documents.ROOT);
        install("interruptor-memory", version, Documents.ROOT.resolve("memory"));
        install("interruptor-engine", version, Documents.ROOT.resolve("engine"));
    }

    @Test
    void theProjectOfTheGuideRunsAndItsCountersCanBeSeen() throws Exception {
        List<String> commands = Documents.all(COMMAND, Files.readString(GUIDE));
        assertThat(commands).as("command in the guide").hasSize(1);

        Ended run = maven(commands.get(0).split(" "));

        assertThat(run.status()).as("%s", run).isZero();
        assertThat(run.out().lines())
                .as("%s; on a busy host one pass may deliver several", run)
                .contains("delivered 3: external interruption 0x2603, parameter 0xcafe03", "vCPU 0 is not in the wait");

        Ended top = run(List.of(
                java(),
                "-jar",
                Path.of("target", "interruptor.jar").toAbsolutePath().toString(),
                "top",
                "--once",
                "target/guest.counters"));
        assertThat(top.status()).as("%s", top).isZero();
        assertThat(top.out()).contains(" 1 vCPU, 0 in the wait").contains("accepted 3, refused 0, queued 0 of 4096");
        assertThat(top.err()).isEmpty();
    }

    private static String sample(String guide, String language, String mark) {
        List<String> samples = Documents.samples(guide, language).stream()
                .filter(sample -> sample.contains(mark))
                .toList();
        assertThat(samples).as("samples in the guide with %s", mark).hasSize(1);
        return samples.get(0);
    }

    /** A module's POM and, if it has one, its jar. */
    private static void install(String artifact, String version, Path module) throws IOException {
        String name = artifact + "-" + version;
        Path place = Files.createDirectories(folder.resolve("repository/org/interruptor/" + artifact + "/" + version));
        Files.copy(module.resolve("pom.xml"), place.resolve(name + ".pom"));
        if (!module.equals(Documents.ROOT)) {
            Path jar = module.resolve("target/" + name + ".jar");
            assertThat(jar).as("packaged by this build").isRegularFile();
            Files.copy(jar, place.resolve(name + ".jar"));
        }
    }

    private static Ended maven(String... arguments) throws Exception {
        Path central = Path.of(System.getProperty("interruptor.local.repository"));
        Path settings =
                Files.writeString(folder.resolve("settings.xml"), String.format(Locale.ROOT, """
                <settings>
                  <mirrors>
                    <mirror><id>outer</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                </settings>
                """, central.toUri()));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("interruptor.maven.home"), "bin", "mvn")
                .toString());
        command.addAll(List.of("-B", "-s", settings.toString(), "-gs", settings.toString()));
        command.add("-Dmaven.repo.local=" + folder.resolve("repository"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Ended run(List<String> command) throws Exception {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(
                process.exitValue(),
                COLOUR.matcher(Files.readString(out.toPath())).replaceAll(""),
                Files.readString(err.toPath()));
    }
}
