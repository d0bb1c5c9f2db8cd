package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML 1.2 (core schema, one document). */
public final class YamlReader {

    private static final int MOST_CODE_POINTS = 4 * 1024 * 1024;
    private static final Pattern COLON_IN_EXPRESSION = Pattern.compile("\\$\\{[^}]*[:#][ \\t]");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{");

    private YamlReader() {}

    /**
     * Reads a file's text. Problems are added, never thrown.
     *
     * @param file name for the places
     * @return the root node; empty if the text is no YAML of ours, or holds nothing
     */
    public static Optional<YamlNode> read(String file, String text, Problems problems) {
        problems.source(file, text);
        SourceText source = new SourceText(file, text);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setParseComments(false)
                .setCodePointLimit(MOST_CODE_POINTS)
                .build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            Optional<YamlNode> root = new TreeBuilder(events, source, problems).document();
            if (root.isEmpty()) {
                problems.add(ErrorCode.EMPTY_FILE, Location.file(file), "the file holds nothing (expected a map)");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Location place = e.getProblemMark().map(source::location).orElse(Location.file(file));
            problems.add(ErrorCode.NOT_YAML, place, e.getProblem() + hint(source.line(place.line())));
        } catch (ReaderException e) {
            problems.add(
                    ErrorCode.NOT_YAML,
                    source.at(source.offset(e.getPosition())),
                    String.format(Locale.ROOT, "the character U+%04X is not allowed in YAML", e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(ErrorCode.NOT_YAML, Location.file(file), "not readable as YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static String hint(String line) {
        if (COLON_IN_EXPRESSION.matcher(line).find()) {
            return " (text with ': ' or ' #' in it must stand in quotes: \"${a ? b : c}\")";
        }
        return EXPRESSION.matcher(line).find() ? " (put a value with ${…} in quotes)" : "";
    }
}
