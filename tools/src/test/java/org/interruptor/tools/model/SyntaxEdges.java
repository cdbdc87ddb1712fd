package org.interruptor.tools.model;

import static org.interruptor.tools.model.EdgeScenario.malformed;
import static org.interruptor.tools.model.EdgeScenario.prints;

import java.util.List;

/** The edges of the scenario language: lines, blanks, numbers, widths. */
final class SyntaxEdges {

    private SyntaxEdges() {}

    static List<EdgeScenario> files() {
        return List.of(
                malformed("an empty file has no machine in line 1", "", 1, ""),
                malformed("comments are lines, with their end", "# one\n# two\n", 3, ""),
                malformed("comments are lines, without their end", "# one\n# two", 3, ""),
                malformed("an empty line is one", "\n", 2, ""),
                prints("a machine alone prints nothing", "machine vcpus 1 memory 0x1000", ""),
                prints("the last line needs no end", "machine vcpus 1 memory 0x1000\npending 0", "2 pending 0 no"),
                prints("CRLF ends a line", "machine vcpus 1 memory 0x1000\r\npending 0\r\n", "2 pending 0 no"),
                prints("both ends in one file", "machine vcpus 1 memory 0x1000\n\r\npending 0\r\n", "3 pending 0 no"),
                prints(
                        "a CR alone ends no line",
                        "machine vcpus 1 memory 0x1000 # a comment\rdump 7\npending 0\n",
                        "2 pending 0 no"),
                malformed("a CR within a line is no blank", "machine vcpus 1 memory 0x1000\npending\r0\n", 2, ""),
                malformed("one CR belongs to the end, not two", "machine vcpus 1 memory 0x1000\r\r\n", 1, ""),
                malformed("a form feed is no blank", "machine vcpus 1 memory 0x1000\npending\f0\n", 2, ""),
                prints(
                        "a comment needs no blank in front",
                        "machine vcpus 1 memory 0x1000#\nstore 0 00#11\npending 0#1\n",
                        "3 pending 0 no"),
                malformed(
                        "what was printed stays printed, what follows is not executed",
                        "machine vcpus 1 memory 0x1000\npending 0\npending 1\npending 0\n",
                        3,
                        "2 pending 0 no"),
                malformed("the machine is not the first step", "clock 0\nmachine vcpus 1 memory 0x1000\n", 1, ""),
                malformed(
                        "a second machine, even the same",
                        "machine vcpus 1 memory 0x1000\nmachine vcpus 1 memory 0x1000\n",
                        2,
                        ""));
    }

    static List<EdgeScenario> numbers() {
        String machine = "machine vcpus 2 memory 0x4000\n";
        return List.of(
                prints(
                        "hexadecimal digits of either case",
                        machine + "store 0x3FFe aBCd\ndeliver 0x1\n",
                        delivered(3, 1)),
                prints("leading zeros are not counted", machine + "deliver 0x00000000000000000001\n", delivered(2, 1)),
                malformed("0X is not 0x", machine + "clock 0X10\n", 2, ""),
                malformed("a sign is no digit", machine + "clock +1\n", 2, ""),
                malformed("digits are ASCII", machine + "clock \u0661\n", 2, ""),
                malformed("65 bits", machine + "clock 18446744073709551616\n", 2, ""),
                malformed("a type of 65 bits is no number", machine + "inject vm 0x1ffffffffffff2603\n", 2, ""),
                prints(
                        "a type is not cut to 32 bits, nor extended",
                        machine
                                + "inject vm 0x1ffff2603\n"
                                + "inject vcpu 0 0xffffffffffff1201\n"
                                + "inject vcpu 0 0x1fffe0000\n",
                        "2 inject invalid\n3 inject invalid\n4 inject invalid"),
                prints(
                        "the clock comparator cannot be injected",
                        machine + "inject vcpu 0 0xffff1004\n",
                        "2 inject invalid"),
                malformed("nor by its name", machine + "inject vcpu 0 clock-comparator\n", 2, ""),
                prints(
                        "a parameter that the type ignores",
                        machine + "inject vcpu 0 stop 0xffffffff\ninject vm service 1 0xffffffffffffffff\n",
                        "2 inject ok wake=no\n3 inject ok kick=any wake=no"),
                malformed(
                        "a parameter too large, of a type that is refused",
                        machine + "inject vm 0 0x100000000\n",
                        2,
                        ""),
                malformed("a local one has no 64-bit parameter", machine + "inject vcpu 0 virtio 1 2\n", 2, ""),
                prints(
                        "a program interruption code above 16 bits, from outside",
                        machine + "inject vcpu 0 program 0xffff\ninject vcpu 0 program 0x10000\n",
                        "2 inject ok wake=no\n3 inject invalid"),
                malformed("and from inside", machine + "inject program 0 0x10000\n", 2, ""),
                malformed("a prefix of 33 bits", machine + "set 0 prefix 0x100000000\n", 2, ""),
                malformed("an ipa of 17 bits", machine + "set 0 ipa 0x10000\n", 2, ""),
                malformed("cr07", machine + "set 0 cr07 0\n", 2, ""),
                malformed("cr16", machine + "set 0 cr16 0\n", 2, ""),
                malformed("an address that wraps", machine + "store 0xffffffffffffffff 0000\n", 2, ""),
                malformed("a byte behind the last one", machine + "store 0x3fff 0000\n", 2, ""),
                malformed("bytes with 0x", machine + "store 0 0x00\n", 2, ""),
                malformed("a vCPU that is there only in 32 bits", machine + "dump 0x100000000\n", 2, ""));
    }

    private static String delivered(int line, int vcpu) {
        return line + " deliver " + vcpu
                + " none psw=0000000000000000.0000000000000000 prefix=00000000 flags=- lctl=- -";
    }
}
