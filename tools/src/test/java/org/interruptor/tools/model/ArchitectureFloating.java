package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/** What {@link ArchitectureModel} has pending for any CPU: conditions, the queue of the service gate, I/O by subclass. */
final class ArchitectureFloating {
    static final int SUBCLASSES = 8;

    /** The entry of a subchannel. */
    private record Entry(long id, long parameter, long word, boolean isWithdrawn) {
        int subclass() {
            return (int) (word >> 27) & 7;
        }
    }

    /** An I/O interruption as it is stored. */
    record Io(String name, long id, long parameter, long word) {}

    boolean channelReport;
    boolean interruptKey;
    Long timingAlert;
    Long serviceEvent;

    /** Service signals, virtio, and without a type page-fault completions. */
    final List<Interruption> queue = new ArrayList<>();

    private final List<Entry> entries = new ArrayList<>();
    private final boolean[] adapters = new boolean[SUBCLASSES];
    private final boolean[] isSingle = new boolean[SUBCLASSES];
    private final boolean[] isSuppressed = new boolean[SUBCLASSES];

    ArchitectureFloating() {}

    ArchitectureFloating(ArchitectureFloating other) {
        become(other);
    }

    void become(ArchitectureFloating other) {
        channelReport = other.channelReport;
        interruptKey = other.interruptKey;
        timingAlert = other.timingAlert;
        serviceEvent = other.serviceEvent;
        queue.clear();
        queue.addAll(other.queue);
        entries.clear();
        entries.addAll(other.entries);
        for (int i = 0; i < SUBCLASSES; i++) {
            adapters[i] = other.adapters[i];
            isSingle[i] = other.isSingle[i];
            isSuppressed[i] = other.isSuppressed[i];
        }
    }

    /** Subsystem reset; every suppression mode becomes all. */
    void clear() {
        become(new ArchitectureFloating());
    }

    private static String answer(boolean isNew) {
        return isNew ? "ok" : "coalesced";
    }

    String channelReport() {
        boolean isNew = !channelReport;
        channelReport = true;
        return answer(isNew);
    }

    String interruptKey() {
        boolean isNew = !interruptKey;
        interruptKey = true;
        return answer(isNew);
    }

    String timingAlert(long bits) {
        boolean isNew = timingAlert == null;
        timingAlert = isNew ? bits : timingAlert | bits;
        return answer(isNew);
    }

    String serviceEvent(long bits) {
        if (bits < 1 || bits > 3) {
            return "invalid";
        }
        boolean isNew = serviceEvent == null;
        serviceEvent = isNew ? bits : serviceEvent | bits;
        return answer(isNew);
    }

    String io(long id, long parameter, long word) {
        if (word >>> 31 != 0) {
            return "invalid";
        }
        Entry anew = new Entry(id, parameter, word, false);
        int place = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).id == id)
                .findFirst()
                .orElse(-1);
        if (place < 0) {
            entries.add(anew);
            return "ok";
        }
        Entry old = entries.get(place);
        boolean isSameSubclass = old.subclass() == anew.subclass();
        if (!old.isWithdrawn && !isSameSubclass) {
            return "invalid";
        }
        if (isSameSubclass) {
            entries.set(place, anew);
        } else {
            entries.remove(place);
            entries.add(anew);
        }
        return answer(old.isWithdrawn);
    }

    boolean withdraw(long id) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.id == id && !entry.isWithdrawn) {
                entries.set(i, new Entry(id, entry.parameter, entry.word, true));
                return true;
            }
        }
        return false;
    }

    String adapter(int subclass, boolean isSuppressible) {
        if (isSuppressible && isSuppressed[subclass]) {
            return "suppressed";
        }
        isSuppressed[subclass] |= isSuppressible && isSingle[subclass];
        boolean isNew = !adapters[subclass];
        adapters[subclass] = true;
        return answer(isNew);
    }

    void suppression(int subclass, boolean single) {
        isSingle[subclass] = single;
        isSuppressed[subclass] = false;
    }

    boolean isIo(int subclass) {
        return adapters[subclass] || first(subclass) != null;
    }

    private Entry first(int subclass) {
        return entries.stream()
                .filter(entry -> !entry.isWithdrawn && entry.subclass() == subclass)
                .findFirst()
                .orElse(null);
    }

    /** Takes the first of a subclass: those of subchannels before that of adapters; null if there is none. */
    Io takeIo(int subclass) {
        Entry entry = first(subclass);
        if (entry != null) {
            entries.remove(entry);
            return new Io("io", entry.id, entry.parameter, entry.word);
        }
        if (!adapters[subclass]) {
            return null;
        }
        adapters[subclass] = false;
        return new Io("adapter", 0, 0, 0x80000000L + ((long) subclass << 27));
    }

    /** As the step {@code list vm} prints it. */
    List<String> list() {
        List<String> list = new ArrayList<>();
        list.add(channelReport ? "channel-report" : null);
        list.add(interruptKey ? "interrupt-key" : null);
        list.add(timingAlert == null ? null : format("timing-alert:%08x", timingAlert));
        list.add(serviceEvent == null ? null : format("service-event:%08x", serviceEvent));
        for (Interruption queued : queue) {
            list.add(listed(queued));
        }
        for (int i = 0; i < SUBCLASSES; i++) {
            for (Entry entry : entries) {
                if (!entry.isWithdrawn && entry.subclass() == i) {
                    list.add(format("io:%08x:%08x:%08x", entry.id, entry.parameter, entry.word));
                }
            }
            list.add(adapters[i] ? "adapter:" + i : null);
        }
        return list.stream().filter(Objects::nonNull).toList();
    }

    /** No type: a page-fault completion. */
    private static String listed(Interruption queued) {
        if (queued.type() == null) {
            return format("page-fault-completion:%016x", queued.parm64());
        }
        return queued.type() == InterruptionType.VIRTIO
                ? format("virtio:%08x:%016x", queued.parm(), queued.parm64())
                : format("service:%08x", queued.parm());
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
