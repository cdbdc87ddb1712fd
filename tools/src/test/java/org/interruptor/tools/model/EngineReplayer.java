package org.interruptor.tools.model;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.interruptor.tools.scenario.ScenarioReplay;

/** The engine under test, reached the way the {@code interruptor replay} command reaches it. */
public final class EngineReplayer implements Replayer {

    @Override
    public Result replay(String name, String text) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter outPrinter = new PrintWriter(out);
        PrintWriter errPrinter = new PrintWriter(err);
        int status = ScenarioReplay.replay(name, new StringReader(text), outPrinter, errPrinter);
        outPrinter.flush();
        errPrinter.flush();
        List<String> outLines = out.toString().lines().toList();
        String error = err.toString().stripTrailing();
        return new Result(outLines, error.isEmpty() ? null : error, status);
    }
}
