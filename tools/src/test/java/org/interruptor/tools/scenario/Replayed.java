package org.interruptor.tools.scenario;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;

/** What the replay of one scenario left behind. */
record Replayed(String out, String err, int status) {

    static Replayed of(String name, String scenario) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter outPrinter = new PrintWriter(out);
        int status = ScenarioReplay.replay(name, new StringReader(scenario), outPrinter, new PrintWriter(err));
        outPrinter.flush();
        return new Replayed(out.toString(), err.toString(), status);
    }
}
