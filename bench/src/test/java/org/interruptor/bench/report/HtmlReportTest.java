package org.interruptor.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.result.Comparison;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.Samples;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.trial.Figure;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page is well-formed, needs nothing from elsewhere, and shows what was measured. */
class HtmlReportTest {
    private final String page = HtmlReport.of(Samples.ofAllKinds(), List.of());

    /** The page is written so that it is XML as well. */
    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.replaceFirst("<!DOCTYPE html>", ""))));
    }

    private static List<Element> find(Document document, String path) throws Exception {
        NodeList nodes =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> texts(Document document, String path) throws Exception {
        return find(document, path).stream().map(Element::getTextContent).toList();
    }

    @Test
    void nothingComesFromElsewhere() throws Exception {
        assertThat(page).doesNotContain("http:", "https:", "url(", "@import", "<script", "<link", "<img", "<iframe");
        assertThat(find(parse(page), "//*[@src or @href or @srcset]")).isEmpty();
    }

    @Test
    void eachScenarioHasItsChart() throws Exception {
        Document document = parse(page);

        assertThat(texts(document, "//figure//h3"))
                .containsExactly("pair-virtio", "one-to-one-floating", "latency-spin", "deadline", "ping-pong");
        assertThat(find(document, "//figure[not(svg)]")).isEmpty();
        assertThat(texts(document, "//h2"))
                .containsSubsequence(
                        "Not reported",
                        "One thread",
                        "Behind a masked backlog",
                        "Between threads",
                        "Injection to delivery",
                        "Clock comparator",
                        "What the figures mean",
                        "What was run, and where");
    }

    @Test
    void barsCarryTheirValues() throws Exception {
        assertThat(texts(parse(page), "//figure[.//h3='one-to-one-floating']//svg/text"))
                .containsExactly(
                        "Interruptor",
                        "9.00 M/s",
                        "lists under spin locks",
                        "2.50 M/s",
                        "JCTools MPMC",
                        "refused",
                        "bare Disruptor",
                        "5.00 M/s");
    }

    @Test
    void whatWasRefusedIsSaidWithItsReason() throws Exception {
        assertThat(texts(parse(page), "//section[@class='refused']//dd"))
                .containsExactly("counts do not agree: 2 < 3 & more");
    }

    @Test
    void theEnvironmentIsThere() throws Exception {
        assertThat(texts(parse(page), "//dd"))
                .contains(
                        "17.0.1, Test & Sons; Test VM <1>",
                        "1.2.3, commit abc1234, with changes",
                        "interruptor bench pair-virtio",
                        "0 to 1: 47 ns",
                        "0.01 cores busy on average");
    }

    @Test
    void allOfADrawingLiesWithinItAndNoTwoTextsOnOneAnother() throws Exception {
        for (Element svg : find(parse(page), "//figure/svg")) {
            String[] box = svg.getAttribute("viewBox").split(" ", -1);
            double width = Double.parseDouble(box[2]);
            double height = Double.parseDouble(box[3]);
            List<String> places = new ArrayList<>();
            NodeList texts = svg.getElementsByTagName("text");
            for (int i = 0; i < texts.getLength(); i++) {
                Element text = (Element) texts.item(i);
                double x = Double.parseDouble(text.getAttribute("x"));
                double y = Double.parseDouble(text.getAttribute("y"));
                assertThat(x).isBetween(0.0, width);
                assertThat(y).isBetween(0.0, height);
                places.add(Math.round(x / 8) + "/" + Math.round(y / 8));
            }
            assertThat(places).doesNotHaveDuplicates();
        }
    }

    @Test
    void bothThemesHaveAllColours() {
        String style = page.substring(page.indexOf("<style>"), page.indexOf("</style>"));
        String light = style.substring(0, style.indexOf("prefers-color-scheme: dark"));
        String dark = style.substring(style.indexOf("prefers-color-scheme: dark"), style.indexOf("* {"));

        assertThat(light.lines().flatMap(HtmlReportTest::variables))
                .containsExactlyInAnyOrderElementsOf(
                        dark.lines().flatMap(HtmlReportTest::variables).toList());
        for (Contender engine : Contender.values()) {
            assertThat(style).contains(".c-" + engine.label());
        }
    }

    private static java.util.stream.Stream<String> variables(String line) {
        return java.util.regex.Pattern.compile("(--[a-z-]+):")
                .matcher(line)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("--c"));
    }

    @Test
    void aComparisonIsShownWithWhatChangedTheWorstFirstAndInColour() throws Exception {
        Results before = Samples.of(
                Samples.jvms(
                        "pair-virtio", Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 150, 151, 152, 153, 154)),
                Samples.jvms(
                        "pair-emergency", Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 50, 51, 52, 53, 54)));
        Results after = Samples.of(
                Samples.jvms("pair-virtio", Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 50, 51, 52, 53, 54)),
                Samples.jvms(
                        "pair-emergency", Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 60, 61, 62, 63, 64)));
        Comparison comparison = Comparison.of(before, after, false);

        Document document = parse(HtmlReport.of(after, List.of(comparison)));

        assertThat(texts(document, "//table[1]//tr[@class='worse'][1]/*"))
                .startsWith("pair-emergency", "inject + deliver", "52.0 ns", "62.0 ns", "+19 %")
                .endsWith("WORSE");
        assertThat(texts(document, "//table[1]//tr[@class='better']/*"))
                .startsWith("pair-virtio", "inject + deliver", "152 ns", "52.0 ns", "-66 %")
                .endsWith("better");
    }

    @Test
    void tilesCarryTheCaveatsOfTheTables() throws Exception {
        assertThat(texts(parse(page), "//div[@class='tile'][span='to a spinning vCPU, p50']/span[@class='but']"))
                .containsExactly("n = 3,000");
        ScenarioResult few = Samples.scenario("latency-spin", Samples.times(Contender.INTERRUPTOR, 2));
        String disturbed = HtmlReport.of(
                Samples.of(ScenarioResult.of(few.scenario(), few.timing(), 1.25, few.contenders())), List.of());
        assertThat(texts(parse(disturbed), "//div[@class='tile']/span[@class='but']"))
                .containsExactly("n = 3,000, other processes used 1.3 cores");
    }

    @Test
    void whereABaselineWinsIsSaidInFrontOfAllFigures() {
        String lost = HtmlReport.of(
                Samples.of(Samples.scenario(
                        "pair-virtio",
                        Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 50, 51, 52),
                        Samples.contender(Contender.MPMC, Figure.PAIR, 25, 25.5, 26))),
                List.of());

        assertThat(lost.indexOf("Another engine is faster than Interruptor in: pair-virtio (mpmc, 2.00×)."))
                .isPositive()
                .isLessThan(lost.indexOf("class=\"tiles\""));
        assertThat(page).doesNotContain("Another engine is faster");
    }
}
