package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of malformed step ends the replay at its line, and says what is wrong and what was expected. */
class MalformedStepTest {

    private static final String BEFORE = """
            machine vcpus 2 memory 0x4000
            set 1 psw.mask 0x0200000000000000
            wait 1
            pending 0
            """;

    private static final String PRINTED_BEFORE = "3 wait 1 sleep\n4 pending 0 no\n";

    private static final String STEPS = "one of check-stop, clock, cpu-timer, deliver, dump, external-call, "
            + "inject, kick, list, load, load-state, machine, mask, pending, registers, reset, restore, route, save, set, "
            + "set-clock, sigp, start, stop, store, supervisor-call, suppression, take-io, trigger, wait, withdraw";

    private static final String TARGETS = "one of adapter, io, machine-check, program, vcpu, vm";

    private static final String TYPES = "one of program, stop, set-prefix, restart, emergency, service, virtio, "
            + "malfunction-alert, external-call, tod-clock-sync-check, warning-track, interrupt-key, timing-alert, "
            + "measurement-alert, service-event, page-fault-initial, page-fault-completion, machine-check, channel-report "
            + "or a raw number";

    private static final String FIELDS =
            "one of teid, exception-access, operand-access, data-exception, monitor-class, "
                    + "monitor-code, per-code, per-atmid, per-address, per-access, breaking-event";

    private static final String REGISTERS = "psw.mask, psw.addr, cr0 to cr15, prefix, ckc, epoch or ipa";

    private static void endsAt(String step, String wrong, String expected) {
        Replayed replayed = Replayed.of("a.scn", BEFORE + step + "\npending 0\n");

        assertThat(replayed)
                .isEqualTo(new Replayed(
                        PRINTED_BEFORE,
                        "a.scn:5: " + wrong + ", expected " + expected + "\n",
                        ScenarioReplay.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"started", "Deliver", "delivers", "0", "=="})
    void anUnknownStep(String name) {
        endsAt(name + " 0", "'" + name + "' is not a step", STEPS);
    }

    @Test
    void anUnknownTarget() {
        endsAt("inject machine virtio", "'machine' is not a target", TARGETS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"psw", "PSW.mask", "CR0", "ihcpu", "cr", "cr07", "cr16", "cr-1", "cr0x1", "cr\u0661"})
    void anUnknownRegister(String name) {
        endsAt("set 0 " + name + " 0", Tokens.quote(name) + " is not a register", REGISTERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock-comparator", "STOP", "set_prefix", "-", "0xg"})
    void anUnknownType(String name) {
        endsAt("inject vcpu 0 " + name, "'" + name + "' is not a number", TYPES + ", decimal or hexadecimal with 0x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    clock            | a TOD value
                    set              | the number of a vCPU
                    set 0 cr0        | a value for the register
                    set 0 cr0 # 1    | a value for the register
                    store            | an absolute address
                    store 0x100      | bytes in hexadecimal
                    inject           | one of adapter, io, machine-check, program, vcpu, vm
                    inject program 0 | a program interruption code
                    deliver          | the number of a vCPU
                    pending          | the number of a vCPU
                    wait             | the number of a vCPU
                    kick             | the number of a vCPU
                    dump             | the number of a vCPU
                    """)
    void aTokenMissing(String step, String expected) {
        endsAt(step, "the line ends too early", expected);
    }

    @Test
    void aTypeMissing() {
        endsAt("inject vm", "the line ends too early", TYPES);
    }

    @Test
    void aRegisterMissing() {
        endsAt("set 0", "the line ends too early", REGISTERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clock 1 x",
                "set 0 cr0 0 x",
                "store 0x100 00 x",
                "inject vm virtio 1 2 x",
                "inject vcpu 0 stop 1 x",
                "deliver 0 x",
                "pending 0 x",
                "wait 0 x",
                "kick 0 x",
                "dump 0 x"
            })
    void aTokenLeftOver(String step) {
        endsAt(step, "'x' is left over", "the end of the line");
    }

    @Test
    void anUnknownFieldOfAProgramInterruption() {
        endsAt("inject program 0 1 x", "'x' is not a field", FIELDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x", "0x", "0X10", "-1", "+1", "ff", "12a", "0xg", "0x-1", "1_000", "1.0", "00x1", "\u0661", "\uff11"
            })
    void notANumber(String token) {
        endsAt(
                "clock " + token,
                Tokens.quote(token) + " is not a number",
                "a TOD value, decimal or hexadecimal with 0x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "18446744073709551616",
                "18446744073709551619",
                "99999999999999999999999999",
                "0x10000000000000000",
                "0x1ffffffffffffffff"
            })
    void aNumberAbove64Bits(String token) {
        endsAt("clock " + token, "'" + token + "' is too large", "a TOD value, at most 64 bits");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    inject vm 0 0x100000000           | 0x100000000        | PARM, at most 32 bits
                    inject vcpu 0 stop 4294967296     | 4294967296         | PARM, at most 32 bits
                    inject vcpu 0 0 18446744073709551615 | 18446744073709551615 | PARM, at most 32 bits
                    inject program 0 0x10000          | 0x10000            | a program interruption code, at most 16 bits
                    set 0 prefix 0x100000000          | 0x100000000        | a value for the register, at most 32 bits
                    set 0 ipa 65536                   | 65536              | a value for the register, at most 16 bits
                    """)
    void aNumberAboveItsWidth(String step, String token, String expected) {
        endsAt(step, "'" + token + "' is too large", expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set 2 cr0 0",
                "inject vcpu 2 stop",
                "inject program 2 1",
                "deliver 2",
                "pending 2",
                "wait 2",
                "kick 2",
                "dump 2"
            })
    void aVcpuThatDoesNotExist(String step) {
        endsAt(step, "vCPU 2 does not exist", "0 to 1");
    }

    @Test
    void aVcpuThatWouldExistIn32Bits() {
        endsAt("dump 0x100000000", "vCPU 4294967296 does not exist", "0 to 1");
    }

    @Test
    void anyVcpuWhereThereIsNone() {
        assertThat(Replayed.of("a.scn", "machine vcpus 0 memory 0x1000\ninject vm virtio\ndeliver 0\n"))
                .isEqualTo(new Replayed(
                        "2 inject ok kick=any wake=no\n",
                        "a.scn:3: vCPU 0 does not exist, expected no step for a vCPU, since there is none\n",
                        ScenarioReplay.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    store 0x4000 00               | 1 bytes at 0x4000
                    store 0x3fff 0000             | 2 bytes at 0x3fff
                    store 0xffffffffffffffff 0000 | 2 bytes at 0xffffffffffffffff
                    store 0x8000000000000000 00   | 1 bytes at 0x8000000000000000
                    """)
    void aStoreOutsideStorage(String step, String what) {
        endsAt(step, what + " are not wholly inside storage", "addresses below 0x4000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "000", "0x00", "0g", "\u0661\u0661", "00,00"})
    void aStoreOfWhatIsNotBytes(String token) {
        endsAt(
                "store 0 " + token,
                Tokens.quote(token) + " is not bytes",
                "an even number of hexadecimal digits without 0x");
    }

    @Test
    void aSecondMachine() {
        endsAt("machine vcpus 2 memory 0x4000", "there is a machine already", "the step machine once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set 1 cr1 0", "inject program 1 1", "deliver 1", "pending 1", "wait 1"})
    void aStepOfAVcpuInTheWait(String step) {
        endsAt(step, "vCPU 1 is in the wait", "no step for it but inject vm, inject vcpu, kick and dump");
    }

    @Test
    void otherStepsOfAVcpuInTheWaitAreWellFormed() {
        String steps = "inject vm virtio\ninject vcpu 1 emergency\ndump 1\nkick 1\ndeliver 1\n";

        assertThat(Replayed.of("a.scn", BEFORE + steps).status()).isEqualTo(ScenarioReplay.REPLAYED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    machine vcpus 65 memory 0x1000                 | 65 vCPUs are too many, expected at most 64
                    machine vcpus 0x8000000000000000 memory 0x1000 | 9223372036854775808 vCPUs are too many, expected at most 64
                    machine vcpus 1 memory 0                       | 0 bytes of storage cannot be, expected a multiple of 4096, not zero
                    machine vcpus 1 memory 4097                    | 4097 bytes of storage cannot be, expected a multiple of 4096, not zero
                    machine vcpus 1                                | the line ends too early, expected 'memory'
                    machine 1 0x1000                               | '1' is out of place, expected 'vcpus'
                    machine memory 0x1000 vcpus 1                  | 'memory' is out of place, expected 'vcpus'
                    machine vcpus 1 memory                         | the line ends too early, expected how many bytes of storage
                    clock 0                                        | there is no machine yet, expected the step machine as the first one
                    store 0 00                                     | there is no machine yet, expected the step machine as the first one
                    inject vm virtio                               | there is no machine yet, expected the step machine as the first one
                    deliver 0                                      | there is no machine yet, expected the step machine as the first one
                    """)
    void aMachineThatCannotBeOrIsNotFirst(String step, String message) {
        assertThat(Replayed.of("a.scn", "# first\n" + step + "\nmachine vcpus 1 memory 0x1000\npending 0\n"))
                .isEqualTo(new Replayed("", "a.scn:2: " + message + "\n", ScenarioReplay.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0xfffffffffffff000",
                "0x7ffffffffffff000",
                "0x8000000000000000",
                "0x4000000000000",
                "0x10000000000"
            })
    void moreStorageThanCanBeHad(String bytes) {
        assertThat(Replayed.of("a.scn", "machine vcpus 1 memory " + bytes + "\n")
                        .err())
                .isEqualTo("a.scn:1: " + Long.toUnsignedString(Long.parseUnsignedLong(bytes.substring(2), 16))
                        + " bytes of storage cannot be had,"
                        + " expected at most the " + Runtime.getRuntime().maxMemory()
                        + " bytes that java -Xmx or -XX:MaxDirectMemorySize allows\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                  | 1
                    '# one'             | 2
                    '# one\n'           | 2
                    '\r\n \t\r\n# one'  | 4
                    """)
    void noMachineAtAll(String scenario, int line) {
        assertThat(Replayed.of("a.scn", scenario))
                .isEqualTo(new Replayed(
                        "",
                        "a.scn:" + line + ": there is no machine yet, expected the step machine as the first one\n",
                        ScenarioReplay.MALFORMED));
    }

    @Test
    void aLineThatIsNoText() {
        String line = "x".repeat(ScenarioLines.LONGEST + 1);

        assertThat(Replayed.of("a.scn", line).err())
                .isEqualTo("a.scn:1: the line is too long, expected at most 16777216 characters\n");
    }

    @Test
    void whatIsQuotedIsShortAndOnOneLine() {
        endsAt("pending\r0", "'pending\\u000d0' is not a step", STEPS);
        endsAt("pend\0ing\u007f\u0080 0", "'pend\\u0000ing\\u007f\\u0080' is not a step", STEPS);
        endsAt("y".repeat(40), "'" + "y".repeat(40) + "' is not a step", STEPS);
        endsAt("y".repeat(100), "'" + "y".repeat(40) + "...' is not a step", STEPS);
    }
}
