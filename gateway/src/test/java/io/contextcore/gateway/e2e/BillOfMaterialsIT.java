package io.contextcore.gateway.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the assembled application says it is made of. */
class BillOfMaterialsIT {

    /** Licences under which a library may come; of several that a library offers one is enough. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            // re2j's own file: three clauses of BSD
            "Go License");

    private static final Path APPLICATION = Path.of("target", "contextcore");
    private static final String OWN = "contextcore-gateway.jar";

    @Test
    void everyLibraryComesUnderALicenceThatIsAllowed() throws IOException {
        List<String> others = new ArrayList<>();
        for (JsonNode component : components()) {
            List<String> licences = licences(component);
            if (licences.stream().noneMatch(ALLOWED::contains)) {
                others.add(component.get("purl").textValue() + " " + licences);
            }
        }

        assertEquals(List.of(), others, () -> "expected one of " + new TreeSet<>(ALLOWED));
    }

    @Test
    void everyLibraryThatIsThereIsNamed() throws IOException {
        Set<String> named = StreamSupport.stream(components().spliterator(), false)
                .map(component -> component.get("name").textValue() + "-"
                        + component.get("version").textValue())
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(APPLICATION.resolve("lib"))) {
            Set<String> unnamed = files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals(OWN))
                    .filter(file -> named.stream().noneMatch(file::startsWith))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertEquals(Set.of(), unnamed);
        }
        assertTrue(named.size() > 20, () -> "only " + named);
    }

    private static JsonNode components() throws IOException {
        return new ObjectMapper()
                .readTree(APPLICATION.resolve("contextcore.cdx.json").toFile())
                .get("components");
    }

    private static List<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(each -> each.path("license"))
                .map(licence -> licence.path("id").asText(licence.path("name").asText()))
                .toList();
    }
}
