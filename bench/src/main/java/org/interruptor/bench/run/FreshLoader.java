package org.interruptor.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Trial;
import org.interruptor.bench.trial.TrialFactory;

/**
 * Loads what is measured once more, from where its parent has it, so that the compiler's profile of it is its own. All else,
 * plans, results and what both sides have in common, comes from the parent.
 */
public final class FreshLoader extends ClassLoader {
    private static final String FACTORY = "org.interruptor.bench.load.Trials";

    private static final List<String> FRESH = List.of(
            "org.interruptor.bench.baseline.",
            "org.interruptor.bench.load.",
            "org.interruptor.bench.latency.",
            "org.interruptor.engine.",
            "org.interruptor.memory.",
            "com.lmax.disruptor.",
            "org.agrona.",
            "org.jctools.");

    private FreshLoader(ClassLoader parent) {
        super("measured", parent);
    }

    /**
     * Sets a contender up for a scenario, in a loader of its own.
     *
     * @return the trial, to be closed.
     */
    public static Trial open(Scenario scenario, Contender contender, Placement placement) {
        return factory().open(scenario, contender, placement);
    }

    private static TrialFactory factory() {
        try {
            FreshLoader loader = new FreshLoader(FreshLoader.class.getClassLoader());
            return (TrialFactory) loader.loadClass(FACTORY).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot load " + FACTORY, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (FRESH.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = stream.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
