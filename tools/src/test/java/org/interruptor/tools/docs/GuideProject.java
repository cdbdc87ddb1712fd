package org.interruptor.tools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The embedding guide's project from nothing, as its reader makes it, and a local Maven repository with the artifacts that this
 * build has packaged. All other artifacts come from the local repository of this build, which stands for Maven Central: no
 * network is needed, and a plugin that this build does not use is not found.
 */
final class GuideProject {
    private static final Path GUIDE = Documents.ROOT.resolve("engine/doc/embedding.md");

    /** Build tools print some even where there is no terminal. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Path folder;
    private final Path root;
    private final String guide;

    /** The end of a command. */
    record Ended(int status, String out, String err) {}

    /**
     * Makes the project in a folder, with its Java source and none of the files of a build tool.
     *
     * @param folder an empty one.
     */
    GuideProject(Path folder) throws IOException {
        this.folder = folder;
        root = Files.createDirectory(folder.resolve("first-guest"));
        guide = Files.readString(GUIDE);
        Path sources = Files.createDirectories(root.resolve("src/main/java/org/example"));
        Files.writeString(sources.resolve("FirstGuest.java"), sample("java", "class FirstGuest"));

        String version = property("interruptor.version");
        install("interruptor-parent", version, Documents.ROOT);
        install("interruptor-memory", version, Documents.ROOT.resolve("memory"));
        install("interruptor-engine", version, Documents.ROOT.resolve("engine"));
    }

    Path root() {
        return root;
    }

    /** The local repository with the packaged artifacts. */
    Path repository() {
        return folder.resolve("repository");
    }

    /** The local repository of this build. */
    static Path central() {
        return Path.of(property("interruptor.local.repository"));
    }

    static String property(String name) {
        String value = System.getProperty(name);
        assertThat(value).as("property %s, set by the build", name).isNotNull();
        return value;
    }

    /** The one sample of a language that contains a mark. */
    String sample(String language, String mark) {
        List<String> samples = Documents.samples(guide, language).stream()
                .filter(sample -> sample.contains(mark))
                .toList();
        assertThat(samples).as("samples in the guide with %s", mark).hasSize(1);
        return samples.get(0);
    }

    /** The words of the one command line of the guide that a pattern finds. */
    List<String> command(Pattern pattern) {
        List<String> commands = Documents.all(pattern, guide);
        assertThat(commands).as("commands in the guide like %s", pattern).hasSize(1);
        return List.of(commands.get(0).split(" "));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Runs a command in the project, on the Java of this JVM. The limit of 15 minutes is for busy hosts. */
    Ended run(List<String> command, Map<String, String> environment) throws Exception {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_") || name.startsWith("GRADLE_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES))
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

    /** A module's POM and, if it has one, its jar. */
    private void install(String artifact, String version, Path module) throws IOException {
        String name = artifact + "-" + version;
        Path place = Files.createDirectories(repository().resolve("org/interruptor/" + artifact + "/" + version));
        Files.copy(module.resolve("pom.xml"), place.resolve(name + ".pom"));
        if (!module.equals(Documents.ROOT)) {
            Path jar = module.resolve("target/" + name + ".jar");
            assertThat(jar).as("packaged by this build").isRegularFile();
            Files.copy(jar, place.resolve(name + ".jar"));
        }
    }
}
