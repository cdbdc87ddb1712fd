package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** vCPUs as an Agrona agent, turn by turn and on a thread of its own. */
@Timeout(120)
class VcpuAgentTest {
    private final TestMachine machine = ArchitectureMachine.of(2);
    private final List<Throwable> errors = new ArrayList<>();
    private final AtomicInteger executed = new AtomicInteger();

    /** A guest that executes an instruction and then waits. */
    private final GuestCpu guest = vcpu -> {
        executed.incrementAndGet();
        vcpu.loadPsw(TestMachine.ENABLED | PswMask.WAIT, 0);
        return 1;
    };

    private VcpuAgent agent() {
        machine.cpus().forEach(cpu -> cpu.vcpu().unbind());
        return new VcpuAgent("cpus")
                .add(machine.machine().vcpu(0), guest)
                .add(machine.machine().vcpu(1), guest);
    }

    @Test
    void eachTurnGivesEachVcpuAStep() {
        VcpuAgent agent = agent();
        AgentInvoker invoker = new AgentInvoker(errors::add, null, agent);
        invoker.start();
        assertThat(invoker.invoke()).isEqualTo(2);
        assertThat(executed).hasValue(2);
        assertThat(invoker.invoke()).as("both wait").isZero();

        machine.machine().vcpu(1).injectEmergency(0);
        assertThat(invoker.invoke()).as("the emergency signal, and its handler").isEqualTo(1);
        assertThat(executed).hasValue(3);

        machine.machine().vcpu(0).exit();
        invoker.invoke();
        invoker.invoke();
        assertThat(agent.outcome(machine.machine().vcpu(0))).isEqualTo(RunOutcome.EXIT);
        assertThat(agent.outcome(machine.machine().vcpu(1))).isNull();
        assertThat(errors).isEmpty();
        invoker.close();
        machine.machine().vcpu(0).bind().unbind(); // it was released
    }

    @Test
    void itEndsWhenAllHaveEnded() {
        VcpuAgent agent = agent();
        agent.onStart();
        agent.doWork();
        machine.machine().close();
        assertThat(agent.doWork()).isEqualTo(2);
        assertThat(agent.outcome(machine.machine().vcpu(0))).isEqualTo(RunOutcome.CLOSED);
        assertThat(agent.outcome(machine.machine().vcpu(1))).isEqualTo(RunOutcome.CLOSED);
        assertThatThrownBy(agent::doWork).isInstanceOf(AgentTerminationException.class);
        agent.onClose();
    }

    @Test
    void onARunnerItTakesWhatComesWhileItIdles() throws InterruptedException {
        VcpuAgent agent = agent();
        AgentRunner runner = new AgentRunner(new BackoffIdleStrategy(), errors::add, null, agent);
        Thread thread = AgentRunner.startOnThread(runner);
        for (int i = 0; i < 100; i++) {
            int before = executed.get();
            assertThat(Machine.conditionCodeOf(machine.machine().signalProcessor(0, 1, 0x03, 0)))
                    .isZero();
            while (executed.get() == before) {
                Thread.onSpinWait();
            }
        }
        machine.machine().close();
        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(thread.isAlive()).isFalse();
        runner.close();
        assertThat(agent.outcome(machine.machine().vcpu(0))).isEqualTo(RunOutcome.CLOSED);
        assertThat(errors).isEmpty();
    }

    @Test
    void itNeedsArchitectureRulesAndItsOwnVcpus() {
        TestMachine original = TestMachine.of(1);
        VcpuAgent agent = new VcpuAgent("none");
        assertThat(agent.roleName()).isEqualTo("none");
        assertThatThrownBy(() -> agent.add(original.machine().vcpu(0), guest))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> agent.outcome(machine.machine().vcpu(0))).isInstanceOf(IllegalArgumentException.class);
    }
}
