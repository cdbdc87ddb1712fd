package org.interruptor.tools.guest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.function.IntFunction;
import org.interruptor.engine.gate.Registers;
import org.interruptor.tools.guest.cpu.Cpu;

/**
 * The registers of all CPUs as JSON: {@code {"cpus": [{"cpu": 0, "state": "stopped", "psw": ["...", "..."], ...}]}}. Registers are
 * strings of hexadecimal digits, as many as the register has.
 *
 * <p>Threads: one, when the CPUs' have ended.
 */
final class CpuStateFile {
    private static final int REGISTERS = 16;

    private CpuStateFile() {}

    static String render(GuestMachine machine) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode cpus = root.putArray("cpus");
        for (int i = 0; i < machine.machine().vcpuCount(); i++) {
            render(cpus.addObject(), machine.cpu(i), machine.state(i).label());
        }
        return root.toPrettyString() + "\n";
    }

    private static void render(ObjectNode node, Cpu cpu, String state) {
        Registers registers = cpu.registers();
        node.put("cpu", cpu.id()).put("state", state);
        node.putArray("psw").add(hex(registers.pswMask())).add(hex(registers.pswAddress()));
        node.put("prefix", hex((int) registers.prefix()));
        all(node, "general", i -> hex(cpu.gr(i)));
        all(node, "control", i -> hex(registers.control(i)));
        all(node, "access", i -> hex(cpu.ar(i)));
        all(node, "floating_point", i -> hex(cpu.fpr(i)));
        node.put("fpc", hex(cpu.fpc()))
                .put("tod_programmable", hex(cpu.programmableField()))
                .put("tod_clock", hex(cpu.clock()))
                .put("cpu_timer", hex(cpu.vcpu().cpuTimer()))
                .put("clock_comparator", hex(registers.clockComparator()));
    }

    private static void all(ObjectNode node, String name, IntFunction<String> register) {
        ArrayNode array = node.putArray(name);
        for (int i = 0; i < REGISTERS; i++) {
            array.add(register.apply(i));
        }
    }

    private static String hex(long value) {
        return String.format(Locale.ROOT, "%016x", value);
    }

    private static String hex(int value) {
        return String.format(Locale.ROOT, "%08x", value);
    }
}
