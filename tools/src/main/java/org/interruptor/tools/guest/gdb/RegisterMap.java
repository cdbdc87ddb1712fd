package org.interruptor.tools.guest.gdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.interruptor.tools.guest.cpu.Cpu;

/**
 * GDB's registers of a CPU, by number, and the target description that names them. Source: GDB manual, S/390 and System z
 * Features.
 *
 * <pre>
 *   org.gnu.gdb.s390.core  pswm, pswa, r0 to r15    0 to 17    8 bytes
 *   org.gnu.gdb.s390.acr   acr0 to acr15           18 to 33    4
 *   org.gnu.gdb.s390.fpr   fpc                     34          4
 *                          f0 to f15               35 to 50    8
 *   org.gnu.gdb.s390.cr    cr0 to cr15             51 to 66    8
 * </pre>
 *
 * <p>Threads: any reads the description; registers are the CPU's, while it is paused.
 */
final class RegisterMap {
    private static final int SIXTEEN = 16;

    private record Register(int bytes, ToLongFunction<Cpu> get, ObjLongConsumer<Cpu> set) {}

    private final List<Register> registers = new ArrayList<>();
    private final StringBuilder xml = new StringBuilder("""
            <?xml version="1.0"?>
            <!DOCTYPE target SYSTEM "gdb-target.dtd">
            <target version="1.0">
            <architecture>s390:64-bit</architecture>
            """);
    private final String description;

    RegisterMap() {
        feature("core", this::core);
        feature("acr", this::access);
        feature("fpr", this::floatingPoint);
        feature("cr", this::control);
        description = xml.append("</target>\n").toString();
    }

    private void feature(String name, Runnable members) {
        xml.append("<feature name=\"org.gnu.gdb.s390.").append(name).append("\">\n");
        members.run();
        xml.append("</feature>\n");
    }

    private void core() {
        add(
                "pswm",
                Long.BYTES,
                "uint64",
                "psw",
                cpu -> cpu.registers().pswMask(),
                (cpu, value) -> cpu.registers().psw(value, cpu.registers().pswAddress()));
        add(
                "pswa",
                Long.BYTES,
                "code_ptr",
                "psw",
                cpu -> cpu.registers().pswAddress(),
                (cpu, value) -> cpu.registers().pswAddress(value));
        for (int i = 0; i < SIXTEEN; i++) {
            int number = i;
            add("r" + i, Long.BYTES, "uint64", "general", cpu -> cpu.gr(number), (cpu, value) -> cpu.gr(number, value));
        }
    }

    private void access() {
        for (int i = 0; i < SIXTEEN; i++) {
            int number = i;
            add(
                    "acr" + i,
                    Integer.BYTES,
                    "uint32",
                    "access",
                    cpu -> cpu.ar(number),
                    (cpu, value) -> cpu.ar(number, (int) value));
        }
    }

    private void floatingPoint() {
        add("fpc", Integer.BYTES, "uint32", "float", cpu -> cpu.fpc(), (cpu, value) -> cpu.fpc((int) value));
        for (int i = 0; i < SIXTEEN; i++) {
            int number = i;
            add(
                    "f" + i,
                    Long.BYTES,
                    "ieee_double",
                    "float",
                    cpu -> cpu.fpr(number),
                    (cpu, value) -> cpu.fpr(number, value));
        }
    }

    private void control() {
        for (int i = 0; i < SIXTEEN; i++) {
            int number = i;
            add(
                    "cr" + i,
                    Long.BYTES,
                    "uint64",
                    "control",
                    cpu -> cpu.registers().control(number),
                    (cpu, value) -> cpu.registers().control(number, value));
        }
    }

    private void add(
            String name, int bytes, String type, String group, ToLongFunction<Cpu> get, ObjLongConsumer<Cpu> set) {
        registers.add(new Register(bytes, get, set));
        xml.append("<reg name=\"").append(name);
        xml.append("\" bitsize=\"").append(bytes * Byte.SIZE);
        xml.append("\" type=\"").append(type);
        xml.append("\" group=\"").append(group).append("\"/>\n");
    }

    /** The target description, XML. */
    String description() {
        return description;
    }

    int count() {
        return registers.size();
    }

    /** The value of a register, hexadecimal. */
    String get(Cpu cpu, int number) {
        Register register = registers.get(number);
        return Hex.of(register.get().applyAsLong(cpu), register.bytes());
    }

    /**
     * Sets a register.
     *
     * @throws IllegalArgumentException if the value has not the register's length.
     */
    void set(Cpu cpu, int number, String value) {
        Register register = registers.get(number);
        if (value.length() != 2 * register.bytes()) {
            throw new IllegalArgumentException(value);
        }
        register.set().accept(cpu, Hex.number(value));
    }

    /** All values in the order of their numbers, hexadecimal. */
    String getAll(Cpu cpu) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < registers.size(); i++) {
            values.append(get(cpu, i));
        }
        return values.toString();
    }

    /**
     * Sets the first registers: as many as there are values for.
     *
     * @throws IllegalArgumentException if they end in the middle of one; nothing is set then.
     */
    void setAll(Cpu cpu, String values) {
        int length = 0;
        int count = 0;
        while (count < registers.size() && length < values.length()) {
            length += 2 * registers.get(count++).bytes();
        }
        if (length != values.length()) {
            throw new IllegalArgumentException(values);
        }
        Hex.bytes(values); // all are digits
        int at = 0;
        for (int i = 0; i < count; i++) {
            int end = at + 2 * registers.get(i).bytes();
            set(cpu, i, values.substring(at, end));
            at = end;
        }
    }
}
