package org.interruptor.tools.guest.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.tools.guest.sclp.ConsoleInput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed on a terminal, and what of it the guest gets. */
class KeyboardTest {
    private final ConsoleInput guest = new ConsoleInput();
    private final AtomicInteger ends = new AtomicInteger();
    private final Keyboard keyboard = new Keyboard(InputStream.nullInputStream(), guest, ends::incrementAndGet);

    private void type(String keys) throws InterruptedException {
        byte[] bytes = keys.replace('^', '\u0001').getBytes(StandardCharsets.US_ASCII);
        keyboard.typed(bytes, bytes.length);
    }

    private String taken() {
        byte[] bytes = new byte[100];
        return new String(bytes, 0, guest.read(bytes), StandardCharsets.US_ASCII).replace('\u0001', '^');
    }

    @ParameterizedTest
    @CsvSource({"ab, '', ab", "a^^b, '', a^b", "a^, b, a^b", "^x, '', ''", "^, x, ''", "^^x, '', ^x"})
    void theEscapeIsCtrlA(String first, String second, String guestGets) throws Exception {
        type(first);
        type(second);
        assertThat(taken()).isEqualTo(guestGets);
        assertThat(ends.get()).isEqualTo(guestGets.isEmpty() ? 1 : 0);
    }
}
