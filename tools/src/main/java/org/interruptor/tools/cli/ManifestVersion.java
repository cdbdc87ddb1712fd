package org.interruptor.tools.cli;

import org.interruptor.bench.environment.Origin;
import org.interruptor.tools.Main;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
public final class ManifestVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "interruptor " + (version == null ? "(not from a jar)" : version) + ", commit " + Origin.ownCommit(),
            "Java ${java.version} (${java.vm.name})",
        };
    }
}
