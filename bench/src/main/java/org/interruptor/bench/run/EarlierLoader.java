package org.interruptor.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads the classes of another build of Interruptor, and the libraries below its engine, from its own class path. All other
 * libraries come from this build. A class of Interruptor never does: a mixture of two builds would measure neither.
 *
 * <p>Threads: any.
 */
final class EarlierLoader extends URLClassLoader {
    private static final String OWN = "org.interruptor.";

    /** What a build may bring along. Where it does not, it runs on the libraries of this build. */
    private static final List<String> LIBRARIES = List.of("com.lmax.disruptor.", "org.agrona.", "org.jctools.");

    EarlierLoader(URL[] classPath, ClassLoader libraries) {
        super("earlier", classPath, libraries);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OWN) && LIBRARIES.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException e) {
                if (name.startsWith(OWN)) {
                    throw e;
                }
                return super.loadClass(name, resolve);
            }
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null || name.startsWith(OWN.replace('.', '/')) ? own : super.getResource(name);
    }

    /** Follows {@link #getResource}: the fresh loader of the other build reads class files with it. */
    @Override
    public InputStream getResourceAsStream(String name) {
        URL url = getResource(name);
        try {
            return url == null ? null : url.openStream();
        } catch (IOException e) {
            return null;
        }
    }
}
