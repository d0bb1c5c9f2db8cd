package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.SourceKind.Verification;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.TextFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A kind that takes calls, as far as one who makes them has to know it.
 *
 * @param verifications ways to prove a request; one at least
 */
public record CallKind(String name, List<Verification> verifications, Api api) {

    /** What no file without calls holds, so that the others need not be understood. */
    private static final String API = "\napi:";

    public CallKind {
        verifications = List.copyOf(verifications);
    }

    /**
     * The kinds that files of a folder declare, by file. Nothing but these is read: it takes a hundredth of the time of a
     * program. A file with which something is wrong is passed over; who loads the program is told of it.
     */
    public static List<CallKind> in(Path folder) {
        Map<String, TextFile> texts = new TreeMap<>();
        Folders.read(List.of(folder), new Problems()).forEach(texts::putAll);
        return texts.entrySet().stream()
                .filter(file -> file.getValue().text().contains(API))
                .flatMap(file -> read(file.getKey(), file.getValue().text()).stream())
                .toList();
    }

    private static Optional<CallKind> read(String file, String text) {
        Problems problems = new Problems();
        Optional<CallKind> kind = SourceFile.read(file, 0, text, problems)
                .filter(source -> source.head() == Head.KIND)
                .flatMap(source -> read(source.fields(KindReader.FORM, problems), problems));
        return problems.isEmpty() ? kind : Optional.empty();
    }

    private static Optional<CallKind> read(Fields fields, Problems problems) {
        List<Verification> ways = KindReader.verifications(fields.get("verify"));
        return fields.get("kind")
                .text()
                .flatMap(name -> fields.get("api")
                        .fields(ApiReader.FORM)
                        .map(api -> new CallKind(name, ways, new ApiReader(problems).read(api))));
    }
}
