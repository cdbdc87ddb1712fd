package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The length that a program interruption stores: by the instruction, or none. */
class ProgramLengthTest {
    private final GuestMemory storage = GuestMemory.allocate(0x4000);
    private final Machine machine =
            Machine.builder(storage).rules(Rules.ORIGINAL).build();
    private final VcpuHandle handle = machine.vcpu(0);

    private Vcpu vcpu() {
        return Guest.own(handle);
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    @ParameterizedTest
    @CsvSource({"0x0a00, 2", "0x5800, 4", "0xb220, 4", "0xe300, 6"})
    void followsTheInstruction(String halfword, int length) {
        vcpu().registers().ipa(Integer.decode(halfword));
        assertThat(lengthStored()).isEqualTo(length);
    }

    @Test
    void isZeroWithoutAnInstruction() {
        vcpu().registers().ipa(0xe300);
        vcpu().registers().withoutInstruction();
        assertThat(lengthStored()).isZero();
        assertThat(vcpu().registers().ipa()).isZero();
    }

    @Test
    void followsTheNextInstructionAgain() {
        vcpu().registers().withoutInstruction();
        vcpu().registers().ipa(0xe300);
        assertThat(lengthStored()).isEqualTo(6);
    }

    private int lengthStored() {
        assertThat(vcpu().raiseProgram(6)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(vcpu().deliverPending()).isEqualTo(1);
        return storage.getShort(Lowcore.PROGRAM_ILC_OFFSET);
    }
}
