package org.interruptor.tools.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The generator is not blind: each outcome and each constellation occurs in an ordinary run, and most of them often. The seeds are
 * fixed, so that nothing here depends on luck; the least counts are about half of what was measured, so that a change of the
 * generator's has room.
 */
class GeneratorCoverageTest {

    private static final int SCENARIOS = 2000;
    private static final int STEPS = 100;

    private static final String LEAST_COUNTS = """
          120 clock: due for one that waits
          670 deliver a unit after the comparator's value
         1400 deliver at the comparator's very value
          100 deliver fault
         5300 deliver flags=ext
          520 deliver flags=ext lctl=cr0
         1100 deliver flags=stop
         2400 deliver lctl=cr0
         3500 deliver many
         3400 deliver none
         5500 deliver some and pass over some
          500 deliver that stores and changes nothing
         1500 deliver that takes a floating one and leaves another
          670 deliver very many
          570 deliver with a clock wrapped by the epoch
         1200 delivered clock-comparator
          120 delivered clock-comparator behind a set-prefix
           46 delivered clock-comparator through a gate that the pass opened
         2100 delivered emergency
          120 delivered emergency after one was passed over
          310 delivered emergency behind a set-prefix
          330 delivered emergency through a gate that the pass opened
         4800 delivered program
         2600 delivered program behind program
         1500 delivered restart
          560 delivered restart behind a set-prefix
         1700 delivered service
          200 delivered service behind a set-prefix
           82 delivered service behind the clock-comparator
          110 delivered service through a gate that the pass opened
         2700 delivered set-prefix
         1300 delivered stop
          540 delivered stop behind a set-prefix
         3400 delivered virtio
          450 delivered virtio behind a set-prefix
          170 delivered virtio behind the clock-comparator
          210 delivered virtio through a gate that the pass opened
         2800 dump
          940 dump of one that waits
          670 dump with ihcpu=ffff
          600 dump with stop-on-stop
          170 dump with the stop flag
           21 fault by clock-comparator
           15 fault by emergency
           22 fault by program
            6 fault by restart
           15 fault by service
           20 fault by virtio
           38 fault: after deliveries in the same pass
           44 fault: not aligned
           56 fault: outside storage
          200 handed on by DELIVERY
           20 handed on by DELIVERY to a lower number
           72 handed on by DELIVERY to the first of several
          110 handed on by DISABLED_WAIT
           13 handed on by DISABLED_WAIT to a lower number
           30 handed on by DISABLED_WAIT to the first of several
           10 handed on by FAULT
            1 handed on by FAULT to a lower number
            3 handed on by FAULT to the first of several
          130 handed on by KICK
           59 handed on by KICK to a lower number
           42 handed on by KICK to the first of several
          190 handed on by WAIT
           18 handed on by WAIT to a lower number
           70 handed on by WAIT to the first of several
          430 inject invalid
         2000 inject ok
           25 inject ok kick above 31
         1000 inject ok kick=K of several
         1900 inject ok kick=K wake=yes
         5400 inject ok kick=any wake=no
           72 inject vcpu: type above 32 bits
          880 inject vm: some that wait may take it, some may not
           66 inject vm: type above 32 bits
         1300 kick no
         1200 kick yes
         1000 passed over emergency at a gate that the pass closed
         2000 passed over service at a gate that the pass closed
         4100 passed over virtio at a gate that the pass closed
          180 pending a unit after the comparator's value
          210 pending at the comparator's very value
         1300 pending no
          150 pending with a clock wrapped by the epoch
         1200 pending yes
          300 step behind a fault
          640 vcpu: inject invalid
        12000 vcpu: inject ok wake=no
         1300 vcpu: inject ok wake=yes
          280 vcpu: invalid for one that waits
          580 vcpu: one that waits sleeps on
          460 wait a unit after the comparator's value
         1300 wait at the comparator's very value
         1000 wait disabled
         2500 wait ready
          360 wait ready by clock-comparator
          630 wait ready by floating
         1500 wait ready by local
          140 wait ready with a floating one left that one that waits may take
         3200 wait sleep
         1200 wait sleep 0
         2900 wait sleep NS
         1000 wait sleep for weeks
          400 wait with a clock wrapped by the epoch
        """;

    @Test
    void everythingOccursOften() {
        Coverage coverage = new Coverage();
        for (long seed = 1; seed <= SCENARIOS; seed++) {
            coverage.observe(ScenarioGenerator.generate(seed, STEPS));
        }
        List<String> tooRare = new ArrayList<>();
        LEAST_COUNTS.strip().lines().map(String::strip).forEach(line -> {
            int least = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            String what = line.substring(line.indexOf(' ') + 1);
            if (coverage.count(what) < least) {
                tooRare.add(
                        String.format(Locale.ROOT, "%s: %d, at least %d wanted", what, coverage.count(what), least));
            }
        });
        assertEquals(List.of(), tooRare, () -> "of all that was counted:\n" + coverage);
        assertEquals(SCENARIOS, coverage.count("scenario"));
        assertEquals(0, coverage.count("malformed"));
    }
}
