package org.interruptor.tools.scenario;

import org.interruptor.memory.GuestMemory;

/** {@code store ADDRESS HEX}: stores bytes at an absolute address. */
// Nobody compares steps, so that an array is as good as any.
@SuppressWarnings("ArrayRecordComponent")
record StoreStep(long address, byte[] bytes) implements Step {

    static StoreStep parse(Tokens tokens) throws MalformedStepException {
        long address = tokens.number("an absolute address", Long.SIZE);
        return new StoreStep(address, tokens.bytes());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        GuestMemory storage = machine.storage();
        if (!storage.contains(address, bytes.length)) {
            throw new MalformedStepException(
                    bytes.length + " bytes at 0x" + Long.toHexString(address) + " are not wholly inside storage",
                    "addresses below 0x" + Long.toHexString(storage.size()));
        }
        storage.putBytes(address, bytes, 0, bytes.length);
        return null;
    }
}
