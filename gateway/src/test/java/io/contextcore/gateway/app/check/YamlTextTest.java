package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlTextTest {

    @Test
    void textThatCouldBeTakenForSomethingElseStandsInQuotes() {
        for (String text :
                List.of("", "no", "1e3", "12:30", "null", "~", "a: b", "a #b", "- a", "a,b", "[a", "x:", " a", "{a}")) {
            assertEquals(JsonNodeFactory.instance.textNode(text).toString(), flow(text), text);
        }
        for (String text : List.of(
                "shop.noted", "acme/shop#12", "order A lamp", "https://a.example/b", "2026-03-02T10:00:00.5Z")) {
            assertEquals(text, flow(text));
        }
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() throws IOException {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.set("a", new ObjectMapper().readTree("{\"b\": [1, 2.5, true, null, \"x\"], \"c: d\": {}, \"e\": []}"));
        map.put(
                "odd",
                "tab\t, quote \", back\\, nul \u0000, del \u007f, next line \u0085, sep \u2028, bom \ufeff, \ud83d\ude00");
        map.put("number", 12345678901234L).put("big", 1e300).put("text", "12").put("long", "word ".repeat(60));
        map.putArray("records")
                .addObject()
                .put("name", "x ".repeat(80))
                .putArray("list")
                .add("y ".repeat(80));
        assertEquals(map.toString(), read(YamlText.flow(map)).toString());
        assertEquals(
                map.toString(),
                read("top:\n    " + YamlText.block(map, 4) + "\n").path("top").toString());
    }

    private static String flow(String text) {
        return YamlText.flow(JsonNodeFactory.instance.textNode(text));
    }

    private static JsonNode read(String yaml) {
        Problems problems = new Problems();
        YamlNode node =
                YamlReader.read("f.yaml", yaml, problems).orElseThrow(() -> new AssertionError(yaml + problems.all()));
        problems.throwIfAny();
        return YamlJson.of(node);
    }
}
