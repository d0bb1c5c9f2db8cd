package io.contextcore.gateway.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The mappings of a small shop: one kind, one lifecycle, one mapping, with an example. */
final class Shop {

    private static final Map<String, String> FILES = Map.of(
            "kind.yaml",
            """
            apiVersion: contextcore.io/v1
            kind: shop
            verify: [{hmac: {header: X-Shop-Signature, methods: [sha256]}}]
            event: coalesce(headers['x-shop-event'], payload.event)
            delivery_id: headers['x-shop-delivery']
            ping: [hello]
            headers: [x-shop-event]
            send:
              headers: {X-Shop-Event: "${event}", X-Shop-Delivery: "${uuid}"}
              example: {file: example.json, event: order}
              hints: ["shopctl hook ${url} ${secret} ${port} ${source}"]
            """,
            "example.json",
            "{\"id\": ${number}, \"title\": \"A lamp\", \"at\": \"${now}\", \"ref\": \"${uuid}\", \"ms\": ${millis}}",
            "order.yaml",
            """
            apiVersion: contextcore.io/v1
            mapping: shop.order
            kind: shop
            events: [order]
            when: payload.id != 0
            lifecycles:
              - lifecycle: order
                key: shop/${payload.id}
                start: ${received}
                attributes: {shop.title: "${payload.title}"}
            """,
            "lifecycle.yaml",
            """
            apiVersion: contextcore.io/v1
            lifecycle: order
            span: {name: "order ${attributes['shop.title']}", root: anchor}
            activity: true
            logs: [{when: change == 'opened', event: order.created}]
            """,
            "conventions.yaml",
            """
            apiVersion: contextcore.io/v1
            conventions:
              shop.title: {type: string, meaning: A title., stability: stable, indexed: true}
            """,
            "order.test.yaml",
            """
            apiVersion: contextcore.io/v1
            kind: shop
            tests:
              - name: an order opens
                headers: {X-Shop-Event: order}
                body: {id: 7, title: A lamp}
                expect: {spans: [{name: order A lamp}], logs: [{event: order.created}]}
              - name: nothing is no order
                headers: {X-Shop-Event: order}
                body: {id: 0}
                expect: {ignored: when-false}
            """);

    private Shop() {}

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
