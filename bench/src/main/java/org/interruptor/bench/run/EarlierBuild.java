package org.interruptor.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.environment.Origin;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.interruptor.bench.trial.TrialFactory;

/**
 * Another build of Interruptor, to be measured beside this one in one run: its engine, driven by its own harness. So the two
 * engines may differ in their methods.
 *
 * <p>The two builds share no class of Interruptor. A scenario crosses the border as JSON; a build that does not know a dimension
 * of it refuses the measurement. The rest is called by name, once for each round, and must not change:
 *
 * <pre>
 *   bench.run.FreshLoader.open(Scenario, Contender, Placement)     static; answers a Trial
 *   bench.trial.Trial     warmUp(long), run(long), close()
 *   bench.trial.Sample    figures(), histogram(), injected(), delivered(), refused()
 *   bench.trial.Figure    label()
 *   bench.trial.Placement place(int, int)
 *   bench.trial.MeasurementRefused, thrown by a trial
 * </pre>
 *
 * <p>Threads: one.
 */
public final class EarlierBuild implements TrialFactory, AutoCloseable {
    private static final String BENCH = "org.interruptor.bench.";

    /** Where a build by Maven has the classes that are needed, below its root. */
    private static final List<String> MODULES =
            List.of("memory/target/classes", "engine/target/classes", "bench/target/classes");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EarlierLoader loader;
    private final Method open;
    private final Object contender;

    private EarlierBuild(EarlierLoader loader, Method open, Object contender) {
        this.loader = loader;
        this.open = open;
        this.contender = contender;
    }

    /**
     * Opens a build.
     *
     * @param place {@code interruptor.jar}, a folder with classes, the root of a source tree that Maven has built, or several
     *     jars and folders in the form of a class path.
     * @return the build, to be closed when its trials are.
     * @throws IllegalArgumentException if that is no build of Interruptor; the message says so in one sentence.
     */
    public static EarlierBuild of(String place) {
        EarlierLoader loader = new EarlierLoader(classPath(place), EarlierBuild.class.getClassLoader());
        try {
            Class<?> factory = loader.loadClass(BENCH + "run.FreshLoader");
            Class<?> contenders = loader.loadClass(BENCH + "plan.Contender");
            Method open = factory.getMethod(
                    "open",
                    loader.loadClass(BENCH + "plan.Scenario"),
                    contenders,
                    loader.loadClass(BENCH + "trial.Placement"));
            Object engine = contenders.getMethod("of", String.class).invoke(null, Contender.INTERRUPTOR.label());
            loader.loadClass("org.interruptor.engine.Machine");
            loader.loadClass("org.interruptor.memory.GuestMemory");
            return new EarlierBuild(loader, open, engine);
        } catch (ReflectiveOperationException | LinkageError e) {
            close(loader);
            throw new IllegalArgumentException(
                    place + ": expected another interruptor.jar, or the classes of its memory, engine and bench: "
                            + reason(e),
                    e);
        }
    }

    private static String reason(Throwable e) {
        return e instanceof ClassNotFoundException ? "it has no class " + e.getMessage() : e.toString();
    }

    private static URL[] classPath(String place) {
        List<URL> urls = new ArrayList<>();
        for (String part : place.split(File.pathSeparator, -1)) {
            Path path = path(part);
            if (!Files.exists(path)) {
                throw new IllegalArgumentException(part + ": no such file");
            }
            List<Path> modules =
                    MODULES.stream().map(path::resolve).filter(Files::exists).toList();
            (modules.isEmpty() ? List.of(path) : modules).forEach(one -> urls.add(url(one)));
        }
        return urls.toArray(URL[]::new);
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(name + ": cannot be the name of a file here", e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path + ": cannot be read", e);
        }
    }

    /** The commit that it was built from; or "unknown". */
    public String commit() {
        return Origin.commit(loader);
    }

    @Override
    public Trial open(Scenario scenario, Contender ignored, Placement placement) {
        Class<?>[] types = open.getParameterTypes();
        Object theirs = translate(scenario, types[0]);
        Object theirPlacement = Proxy.newProxyInstance(loader, new Class<?>[] {types[2]}, (self, method, args) -> {
            if (method.getName().equals("place")) {
                placement.place((int) args[0], (int) args[1]);
                return null;
            }
            return method.invoke(placement, args); // of Object
        });
        return new ForeignTrial(call(open, null, theirs, contender, theirPlacement));
    }

    private static Object translate(Scenario scenario, Class<?> type) {
        try {
            return JSON.readValue(JSON.writeValueAsString(scenario), type);
        } catch (JsonProcessingException e) {
            throw new MeasurementRefused("the earlier build does not know this scenario: " + e.getOriginalMessage(), e);
        }
    }

    /** Calls a method of the other build; what it refuses is refused. */
    private static Object call(Method method, Object target, Object... args) {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            if (thrown.getClass().getName().equals(MeasurementRefused.class.getName())) {
                throw new MeasurementRefused(thrown.getMessage(), thrown);
            }
            throw new MeasurementRefused("the earlier build failed: " + thrown, thrown);
        } catch (IllegalAccessException e) {
            throw new MeasurementRefused("the earlier build cannot be called: " + e.getMessage(), e);
        }
    }

    private static Object call(Object target, String name, Class<?>... none) {
        return call(method(target.getClass(), name, none), target);
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new MeasurementRefused("the earlier build has no method " + type.getName() + "." + name, e);
        }
    }

    /** A trial of the other build. */
    private final class ForeignTrial implements Trial {
        private final Object trial;
        private final Method warmUp;
        private final Method run;
        private final Method close;

        ForeignTrial(Object trial) {
            this.trial = trial;
            // By the interface: the class that implements it need not be accessible.
            Class<?> type = Arrays.stream(trial.getClass().getInterfaces())
                    .filter(one -> one.getName().equals(Trial.class.getName()))
                    .findFirst()
                    .orElseThrow(() -> new MeasurementRefused("the earlier build set up no trial"));
            warmUp = method(type, "warmUp", long.class);
            run = method(type, "run", long.class);
            close = method(type, "close");
        }

        @Override
        public void warmUp(long nanos) {
            call(warmUp, trial, nanos);
        }

        @Override
        public Sample run(long nanos) {
            Object sample = call(run, trial, nanos);
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            ((Map<?, ?>) call(sample, "figures"))
                    .forEach((figure, value) -> figure((String) call(figure, "label"))
                            .ifPresent(known -> figures.put(known, (Double) value)));
            return new Sample(
                    figures,
                    (Histogram) call(sample, "histogram"),
                    (long) call(sample, "injected"),
                    (long) call(sample, "delivered"),
                    (long) call(sample, "refused"));
        }

        /** One that only the other build reports is left out. */
        private static java.util.Optional<Figure> figure(String label) {
            return Arrays.stream(Figure.values())
                    .filter(figure -> figure.label().equals(label))
                    .findFirst();
        }

        @Override
        public void close() {
            call(close, trial);
        }
    }

    @Override
    public void close() {
        close(loader);
    }

    private static void close(EarlierLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
