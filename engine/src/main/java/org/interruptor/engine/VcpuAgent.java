package org.interruptor.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.interruptor.engine.contract.RunOutcome;

/**
 * vCPUs that run as an Agrona agent: one thread, an {@code AgentRunner} or {@code AgentInvoker}, and its {@code IdleStrategy} for any number
 * of vCPUs. Architecture rules.
 *
 * <pre>{@code
 * VcpuAgent agent = new VcpuAgent("cpus").add(machine.vcpu(0), boot).add(machine.vcpu(1), second);
 * AgentRunner runner = new AgentRunner(new BackoffIdleStrategy(), errorHandler, null, agent);
 * AgentRunner.startOnThread(runner);
 * }</pre>
 *
 * <p>{@link #onStart} binds the vCPUs to the agent's thread, {@link #doWork} gives each one turn of {@link Vcpu#step}, {@link #onClose}
 * releases them. A vCPU that waits, is stopped or paused counts as no work, so the idle strategy decides how the thread rests: an
 * interruption is found at its next turn, and nobody is woken. A vCPU that has ended (EXIT, FAULT, CLOSED) gets no more turns; when all have
 * ended the agent ends its runner by an {@link AgentTerminationException}, which is expected.
 *
 * <p>Threads: {@link #add} before the agent starts, {@link #outcome} any, the rest the agent's.
 */
public final class VcpuAgent implements Agent {
    private final String roleName;
    private final List<Member> members = new ArrayList<>();

    /** A vCPU, its guest, and why it ended. */
    private static final class Member {
        private final VcpuHandle handle;
        private final GuestCpu guest;
        private Vcpu vcpu;
        private volatile RunOutcome ended;

        Member(VcpuHandle handle, GuestCpu guest) {
            this.handle = handle;
            this.guest = guest;
        }
    }

    /**
     * An agent without a vCPU.
     *
     * @param roleName names the agent's thread.
     */
    public VcpuAgent(String roleName) {
        this.roleName = roleName;
    }

    /**
     * Adds a vCPU.
     *
     * @param handle of the vCPU; nobody has bound it when the agent starts.
     * @param guest what the embedder provides for it; {@link GuestCpu#execute} returns after a bounded number of instructions.
     * @return this.
     * @throws IllegalStateException under original rules.
     */
    public VcpuAgent add(VcpuHandle handle, GuestCpu guest) {
        handle.machine().needArchitecture("VcpuAgent.add");
        members.add(new Member(handle, guest));
        return this;
    }

    @Override
    public void onStart() {
        for (Member member : members) {
            member.vcpu = member.handle.bind();
        }
    }

    @Override
    public int doWork() {
        int worked = 0;
        int running = 0;
        for (int i = 0; i < members.size(); i++) { // by index: an iterator would be garbage at each turn
            Member member = members.get(i);
            if (member.ended == null) {
                running++;
                worked += turn(member);
            }
        }
        if (running == 0) {
            throw new AgentTerminationException("all vCPUs of agent '" + roleName + "' have ended", true);
        }
        return worked;
    }

    private static int turn(Member member) {
        RunOutcome outcome = member.vcpu.step(member.guest);
        switch (outcome) {
            case AGAIN -> {
                return 1;
            }
            case WAITING, STOPPED, PAUSED -> {
                return 0;
            }
            default -> {
                member.ended = outcome;
                return 1;
            }
        }
    }

    @Override
    public void onClose() {
        for (Member member : members) {
            if (member.vcpu != null) {
                member.vcpu.unbind();
                member.vcpu = null;
            }
        }
    }

    @Override
    public String roleName() {
        return roleName;
    }

    /**
     * Why a vCPU ended.
     *
     * @param handle of a vCPU that was added.
     * @return EXIT, FAULT or CLOSED; null while it has not ended.
     * @throws IllegalArgumentException if it was not added.
     */
    public RunOutcome outcome(VcpuHandle handle) {
        for (Member member : members) {
            if (member.handle == handle) {
                return member.ended;
            }
        }
        throw new IllegalArgumentException("vCPU " + handle.id() + ": expected one that was added to this agent");
    }
}
