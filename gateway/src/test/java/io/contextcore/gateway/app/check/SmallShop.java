package io.contextcore.gateway.app.check;

import io.contextcore.gateway.base.InvalidFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with one kind, two mappings and a lifecycle, and room for test files. */
final class SmallShop {

    private final Path folder;

    SmallShop(Path folder) throws IOException {
        this.folder = folder;
        write("kind.yaml", """
                apiVersion: contextcore.io/v1
                kind: shop
                verify: [{token: {header: X-Token}}]
                event: payload.event
                ping: [hello]
                """);
        write("note.yaml", """
                apiVersion: contextcore.io/v1
                mapping: shop.note
                kind: shop
                events: [note]
                when: payload.id != 0
                logs:
                  - event: shop.noted
                    at: ${payload.at}
                    attributes: {shop.price: "${payload.price}", shop.tags: "${payload.tags}"}
                """);
        write("order.yaml", """
                apiVersion: contextcore.io/v1
                mapping: shop.order
                kind: shop
                events: [order]
                lifecycles:
                  - lifecycle: order
                    key: shop/${payload.id}
                    start: ${payload.at}
                    attributes: {shop.price: "${payload.price}"}
                """);
        write("lifecycle.yaml", """
                apiVersion: contextcore.io/v1
                lifecycle: order
                span: {name: order, root: anchor}
                expire: 12h
                activity: true
                logs:
                  - {when: change == 'opened', event: order.opened}
                  - {when: change == 'expired', event: order.expired}
                """);
        write("conventions.yaml", """
                apiVersion: contextcore.io/v1
                conventions:
                  shop.price: {type: double, meaning: A price., stability: stable, indexed: true}
                  shop.tags: {type: strings, meaning: Some words., stability: stable, indexed: true}
                """);
    }

    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    List<CheckRun.Result> run() {
        return CheckRun.run(CheckRun.Plan.all(List.of(folder))).results();
    }

    CheckRun.Report update() {
        List<Path> folders = List.of(folder);
        return CheckRun.run(new CheckRun.Plan(folders, folders, name -> true, false, true));
    }

    CheckRun.Report covered() {
        List<Path> folders = List.of(folder);
        return CheckRun.run(new CheckRun.Plan(folders, folders, name -> true, true, false));
    }

    /** The problems that keep the tests from running. */
    String problems() {
        try {
            run();
        } catch (InvalidFiles e) {
            return e.getMessage();
        }
        throw new AssertionError("there is no problem");
    }

    /** Where the failures of the only case stand, from the file's name on, and what they say. */
    List<String> failures() {
        List<CheckRun.Result> results = run();
        if (results.size() != 1) {
            throw new AssertionError("not one case: " + results);
        }
        return results.get(0).failures().stream()
                .map(failure -> String.join("\n", failure.lines()).replace(folder + "/", ""))
                .toList();
    }
}
