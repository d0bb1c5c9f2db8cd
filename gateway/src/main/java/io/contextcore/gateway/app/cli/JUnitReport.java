package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.app.check.Failure;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results of tests as the XML of JUnit's runners, which CI systems read: a suite for each file. */
final class JUnitReport {

    private JUnitReport() {}

    static void write(CheckRun.Report report, PrintWriter out) {
        Map<String, List<CheckRun.Result>> byFile = report.results().stream()
                .collect(Collectors.groupingBy(result -> result.at().file(), TreeMap::new, Collectors.toList()));
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument();
            xml.writeStartElement("testsuites");
            for (Map.Entry<String, List<CheckRun.Result>> file : byFile.entrySet()) {
                suite(xml, file.getKey(), file.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
            out.println();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the XML cannot be written", e);
        }
    }

    private static void suite(XMLStreamWriter xml, String file, List<CheckRun.Result> results)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", file);
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute(
                "failures",
                Long.toString(
                        results.stream().filter(result -> !result.passed()).count()));
        for (CheckRun.Result result : results) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", file);
            xml.writeAttribute("name", Plain.text(result.name()));
            xml.writeAttribute("file", file);
            xml.writeAttribute("line", Integer.toString(result.at().line()));
            for (Failure failure : result.failures()) {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", Plain.text(failure.summary()));
                xml.writeCharacters(failure.lines().stream().map(Plain::text).collect(Collectors.joining("\n")));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
