package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A JVM without the flag that Agrona needs: building a machine says which, in one sentence, as often as one tries. */
@ExtendWith(NothingLeftOpen.class)
class MissingFlagTest {
    @Test
    void buildingAMachineNamesTheFlag() throws Exception {
        String sentence = "Agrona cannot reach jdk.internal.misc: start the JVM with --add-exports"
                + " java.base/jdk.internal.misc=ALL-UNNAMED";

        assertThat(OtherProcess.linesOf(MissingFlagTest.class)).containsExactly(sentence, sentence);
    }

    /** Builds a machine on storage that cannot be had without the flag either, so its constructor is left out. */
    public static void main(String[] args) throws Exception {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory"); // by its name: javac warns of it otherwise
        Constructor<?> bare =
                (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                        .invoke(
                                factory.getMethod("getReflectionFactory").invoke(null),
                                GuestMemory.class,
                                Object.class.getDeclaredConstructor());
        GuestMemory storage = (GuestMemory) bare.newInstance();
        for (int i = 0; i < 2; i++) {
            try {
                Machine.builder(storage).rules(Rules.ORIGINAL).build();
                System.out.println("built");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
