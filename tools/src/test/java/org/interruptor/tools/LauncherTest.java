package org.interruptor.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script, with a jar that prints what it was given; and what shells complete. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path SCRIPT = Path.of("bin", "interruptor");

    @TempDir
    private Path folder;

    /** What the jar of these tests runs. */
    public static final class Echo {
        private Echo() {}

        /** Prints its arguments. */
        public static void main(String[] args) {
            System.out.println(String.join("|", args) + " " + System.getProperty("added", ""));
        }
    }

    private Path script;

    @BeforeEach
    void install() throws IOException {
        script = Files.copy(SCRIPT, Files.createDirectory(folder.resolve("bin")).resolve("interruptor"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private Path jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        Files.createDirectories(file.getParent());
        String name = Echo.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            out.putNextEntry(new JarEntry(name));
            Echo.class.getClassLoader().getResourceAsStream(name).transferTo(out);
        }
        return file;
    }

    /** Status and both outputs. */
    private static String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("INTERRUPTOR_JAR", "INTERRUPTOR_OPTS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + output.strip();
    }

    @Test
    void theJarIsFoundWhereMavenBuildsItOrBesideTheScript() throws Exception {
        jar(folder.resolve("target/interruptor.jar"));
        assertThat(run(Map.of(), script.toString(), "a b", "c")).isEqualTo("0 a b|c");

        jar(folder.resolve("bin/interruptor.jar"));
        assertThat(run(Map.of("INTERRUPTOR_OPTS", "-Dadded=yes"), script.toString(), "x"))
                .isEqualTo("0 x yes");
    }

    @Test
    void aLinkToTheScriptFindsTheJarToo() throws Exception {
        jar(folder.resolve("bin/interruptor.jar"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("bin", "interruptor"));

        assertThat(run(Map.of(), link.toString(), "x")).isEqualTo("0 x");
    }

    @Test
    void whatIsMissingIsOneSentenceAndStatus2() throws Exception {
        assertThat(run(Map.of(), script.toString())).startsWith("2 interruptor: there is no interruptor.jar beside");
        assertThat(run(Map.of("INTERRUPTOR_JAR", "/nosuch.jar"), script.toString()))
                .isEqualTo("2 interruptor: /nosuch.jar: no such file (INTERRUPTOR_JAR)");
        jar(folder.resolve("bin/interruptor.jar"));
        assertThat(run(Map.of("JAVA_HOME", "/nosuch"), script.toString()))
                .isEqualTo("2 interruptor: /nosuch/bin/java: no such program (JAVA_HOME)");
    }

    @Test
    void aJavaThatIsTooOldIsRefused() throws Exception {
        jar(folder.resolve("bin/interruptor.jar"));
        Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        assertThat(run(Map.of("JAVA_HOME", folder.resolve("old").toString()), script.toString()))
                .endsWith("is version 11: expected 17 or later (JAVA_HOME)");
    }

    @Test
    void bashCompletesScenariosEnginesAndEvents() throws Exception {
        assertThat(completed("bash", "", "bench", "one-to-one-")).contains("one-to-one-local", "one-to-one-floating");
        assertThat(completed("bash", "", "bench", "--engines", "li")).contains("lists", "lists-c");
        assertThat(completed("bash", "", "profile", "--events", "w")).contains("wall");
        assertThat(completed("bash", "", "trace", "--event", "del")).contains("delivery");
    }

    @Test
    void zshReadsTheSameScript() throws Exception {
        assertThat(completed("zsh", "autoload -U compinit && compinit -u; ", "bench", "one-to-one-"))
                .contains("one-to-one-local", "one-to-one-floating");
    }

    /** What a shell answers for the last word. */
    private String completed(String shell, String before, String... words) throws Exception {
        assumeTrue(Files.exists(Path.of("/bin", shell)) || Files.exists(Path.of("/usr/bin", shell)), "no " + shell);
        CommandRun generated = CommandRun.of("generate-completion");
        Path file = Files.writeString(folder.resolve("completion"), generated.out());
        String line = "interruptor " + String.join(" ", words);
        String program = before + "source " + file + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + words.length
                + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                // zsh's own completion calls such functions as bash would, with arrays that begin at 0.
                + (shell.equals("zsh") ? "; emulate sh" : "")
                + "; _complete_interruptor; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return run(Map.of(), shell, shell.equals("zsh") ? "-fc" : "-c", program);
    }
}
