package org.interruptor.tools.guest.instruction;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes copies of decoder classes: hidden classes that have the code of their template and a profile of their own.
 *
 * <p>The JIT compiler inlines a call through an interface where it has seen one or two classes. In a class that all
 * instructions of a format share it has seen many: an instruction was two dispatches then, and is one with the copies.
 *
 * <p>Threads: one, while the instruction table is built.
 */
final class DecoderCopies {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Map<Class<?>, byte[]> templates = new HashMap<>();

    DecoderCopies() {}

    /**
     * A decoder of a class that no other instruction uses.
     *
     * @param template whose only constructor takes what the instruction does.
     * @param shape the type of that.
     * @param op what the instruction does.
     * @return the decoder.
     */
    <T> Decoder copy(Class<? extends Decoder> template, Class<T> shape, T op) {
        byte[] bytes = templates.computeIfAbsent(template, DecoderCopies::bytes);
        try {
            MethodHandles.Lookup copy = LOOKUP.defineHiddenClass(bytes, false);
            MethodType type = MethodType.methodType(void.class, shape);
            return (Decoder) copy.findConstructor(copy.lookupClass(), type).invoke(op);
        } catch (Throwable e) {
            throw new IllegalStateException("no copy of " + template.getName(), e);
        }
    }

    private static byte[] bytes(Class<?> template) {
        String name = template.getName().substring(template.getPackageName().length() + 1) + ".class";
        try (InputStream in = template.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("class file " + name + " is missing beside its class");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("class file " + name + " cannot be read", e);
        }
    }
}
