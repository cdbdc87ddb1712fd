package org.interruptor.tools.guest.sclp;

/**
 * The event facility: text of the guest's to the console, input of the console's to the guest, and the masks by which both say
 * what they send and take.
 *
 * <pre>
 *   masks  8 reserved (16)   10 length of a mask (16)   12 what the guest takes   what the guest sends
 *                                                       what the service processor takes   what it sends
 *          A mask has a bit for each event type, the leftmost for type 1.
 *   event  0 length (16)     2 type (8)   3 flags (8)   4 reserved (16)   6 data
 * </pre>
 *
 * <p>Types: 0x02 messages of the line-mode console, to the console only; 0x1a text of the ASCII console, both ways. Input is one
 * event, whose first data byte is zero.
 *
 * <p>Threads: one command at a time.
 */
final class EventFacility {
    private static final int FIRST_EVENT = ControlBlock.HEADER_LENGTH;
    private static final int EVENT_TYPE = 2;
    private static final int EVENT_FLAGS = 3;
    private static final int EVENT_ACCEPTED = 0x80;
    private static final int EVENT_HEADER_LENGTH = 6;

    private static final int MESSAGE = 0x02;
    private static final int TEXT = 0x1a;
    private static final int MESSAGE_BIT = 1 << (32 - MESSAGE);
    private static final int TEXT_BIT = 1 << (32 - TEXT);

    private static final int MASK_LENGTH = 10;
    private static final int MASKS = 12;
    private static final int LONGEST_MASK = 1021;

    private static final int UNCONDITIONAL_READ = 0x00;
    private static final int SELECTIVE_READ = 0x01;

    private final Console console;
    private final ConsoleInput input;

    /** Whether the guest takes text: of the masks that it has written last. */
    private boolean isInputOpen;

    EventFacility(Console console, ConsoleInput input) {
        this.console = console;
        this.input = input;
    }

    /** WRITE EVENT DATA: the response code. */
    int write(ControlBlock block) {
        int offset = FIRST_EVENT;
        while (offset < block.length()) {
            int left = block.length() - offset;
            int event = left < EVENT_HEADER_LENGTH ? 0 : block.get16(offset);
            if (event < EVENT_HEADER_LENGTH || event > left) {
                return Response.INCONSISTENT_LENGTHS;
            }
            int data = offset + EVENT_HEADER_LENGTH;
            byte[] text;
            switch (block.get8(offset + EVENT_TYPE)) {
                case TEXT -> text = block.bytes(data, event - EVENT_HEADER_LENGTH);
                case MESSAGE -> text = LineMode.lines(block, data, event - EVENT_HEADER_LENGTH);
                default -> {
                    return Response.INVALID_FUNCTION;
                }
            }
            if (text == null) {
                return Response.INCONSISTENT_LENGTHS;
            }
            console.write(text);
            block.put8(offset + EVENT_FLAGS, block.get8(offset + EVENT_FLAGS) | EVENT_ACCEPTED);
            offset += event;
        }
        return Response.NORMAL_COMPLETION;
    }

    /** READ EVENT DATA: the response code. */
    int read(ControlBlock block) {
        if (block.function() != UNCONDITIONAL_READ && block.function() != SELECTIVE_READ) {
            return Response.INVALID_FUNCTION;
        }
        int room = block.length() - FIRST_EVENT - EVENT_HEADER_LENGTH - 1;
        if (room < 1) {
            return Response.INSUFFICIENT_LENGTH;
        }
        byte[] typed = new byte[room];
        int length = isInputOpen ? input.read(typed) : 0;
        if (length == 0) {
            return Response.NO_EVENT_BUFFERS;
        }
        int data = FIRST_EVENT + EVENT_HEADER_LENGTH;
        block.clear(FIRST_EVENT, data + 1);
        block.put16(FIRST_EVENT, EVENT_HEADER_LENGTH + 1 + length);
        block.put8(FIRST_EVENT + EVENT_TYPE, TEXT);
        block.put(data + 1, typed, length);
        return Response.NORMAL_COMPLETION;
    }

    /** WRITE EVENT MASK: the response code. */
    int mask(ControlBlock block) {
        int maskLength = block.length() < MASKS ? 0 : block.get16(MASK_LENGTH);
        if (maskLength == 0 || maskLength > LONGEST_MASK || MASKS + 4 * maskLength > block.length()) {
            return Response.INVALID_MASK_LENGTH;
        }
        int taken = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            taken = taken << Byte.SIZE | (i < maskLength ? block.get8(MASKS + i) : 0);
        }
        int ours = MASKS + 2 * maskLength;
        block.clear(ours, ours + 2 * maskLength);
        for (int i = 0; i < Math.min(Integer.BYTES, maskLength); i++) {
            int shift = Integer.SIZE - Byte.SIZE * (i + 1);
            block.put8(ours + i, (TEXT_BIT | MESSAGE_BIT) >>> shift);
            block.put8(ours + maskLength + i, TEXT_BIT >>> shift);
        }
        isInputOpen = (taken & TEXT_BIT) != 0;
        input.want(isInputOpen);
        return Response.NORMAL_COMPLETION;
    }

    /** A reset: the guest takes nothing any more. */
    void reset() {
        isInputOpen = false;
        input.want(false);
    }
}
