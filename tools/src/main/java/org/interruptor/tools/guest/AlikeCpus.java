package org.interruptor.tools.guest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folds a report about each vCPU where several have the same to tell: {@code vCPU 3 stopped: ...} of three vCPUs becomes {@code vCPUs
 * 3 to 5: stopped: ...}. Each report begins with {@code vCPU}, the number and a blank, and may go on for more lines. How long a wait
 * lasts does not count.
 *
 * <p>Threads: any.
 */
final class AlikeCpus {
    private static final Pattern BEGINNING = Pattern.compile("(?m)^vCPU (\\d+) ");
    private static final Pattern DURATION = Pattern.compile("for at least [0-9.]+ [a-z]+");

    private AlikeCpus() {}

    /** The report with alike ones folded, in the order of the lowest of each. What is before the first one stays there. */
    static String fold(String report) {
        Matcher beginning = BEGINNING.matcher(report);
        if (!beginning.find()) {
            return report;
        }
        StringBuilder folded = new StringBuilder(report.substring(0, beginning.start()));
        Map<String, List<Integer>> numbers = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        boolean isMore = true;
        while (isMore) {
            int number = Integer.parseInt(beginning.group(1));
            int start = beginning.end();
            isMore = beginning.find();
            String text = report.substring(start, isMore ? beginning.start() : report.length());
            String key = DURATION.matcher(text).replaceAll("");
            numbers.computeIfAbsent(key, same -> new ArrayList<>()).add(number);
            texts.putIfAbsent(key, text);
        }
        numbers.forEach((key, cpus) -> folded.append(names(cpus)).append(texts.get(key)));
        return folded.toString();
    }

    private static String names(List<Integer> cpus) {
        if (cpus.size() == 1) {
            return "vCPU " + cpus.get(0) + " ";
        }
        StringBuilder names = new StringBuilder("vCPUs ");
        int first = 0;
        while (first < cpus.size()) {
            int last = first;
            while (last + 1 < cpus.size() && cpus.get(last + 1) == cpus.get(last) + 1) {
                last++;
            }
            names.append(first == 0 ? "" : ", ").append(cpus.get(first));
            if (last > first) {
                names.append(last == first + 1 ? ", " : " to ").append(cpus.get(last));
            }
            first = last + 1;
        }
        return names.append(": ").toString();
    }
}
