package org.interruptor.bench.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * What is measured, and by which command.
 *
 * @param version of Interruptor; "development" if it was not started from a jar.
 * @param commit the commit that it was built from, with a note if the sources had changes; or "unknown".
 * @param earlierCommit the same of the earlier build that took part; or null.
 * @param command the command line; or null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Origin(String version, String commit, String earlierCommit, String command) {
    /** Where a build leaves what it knows of its sources, among the classes. */
    public static final String BUILD_PROPERTIES = "org/interruptor/bench/environment/build.properties";

    private static final String UNKNOWN = "unknown";

    /** This build. */
    public static Origin own(String earlierCommit, String command) {
        return new Origin(ownVersion(), ownCommit(), earlierCommit, command);
    }

    /** The version of this build. */
    public static String ownVersion() {
        String version = Origin.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The commit of this build. */
    public static String ownCommit() {
        return commit(Origin.class.getClassLoader());
    }

    /** The commit of the build that a loader loads. */
    public static String commit(ClassLoader loader) {
        try (InputStream stream = loader.getResourceAsStream(BUILD_PROPERTIES)) {
            Properties properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            return describe(properties);
        } catch (IOException | IllegalArgumentException e) {
            return UNKNOWN;
        }
    }

    /** The commit as the build's properties have it. */
    static String describe(Properties build) {
        String commit = build.getProperty("git.commit.id.abbrev", "");
        if (commit.isEmpty() || commit.startsWith("$")) {
            return UNKNOWN;
        }
        return commit + (Boolean.parseBoolean(build.getProperty("git.dirty")) ? ", with changes" : "");
    }
}
