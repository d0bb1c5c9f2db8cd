package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.NullNode;
import io.contextcore.gateway.model.Delivery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayReportTest {

    private static final Delivery DELIVERY =
            new Delivery(1, "shop", "shop", "order", "1", Map.of(), NullNode.instance, 0);

    @Test
    void howFarItIsIsToldEveryTenThousandDeliveriesBesideTheReport() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ReplayReport report = new ReplayReport(new PrintWriter(out), new PrintWriter(err), 0);

        report.delivery(DELIVERY, List.of("a"), List.of("b"));
        for (int i = 1; i < 9_999; i++) {
            report.delivery(DELIVERY, List.of(), List.of());
        }
        assertEquals("", err.toString());
        for (int i = 0; i < 10_001; i++) {
            report.delivery(DELIVERY, List.of(), List.of());
        }

        assertEquals(
                List.of("10000 deliveries, 1 of them differ, …", "20000 deliveries, 1 of them differ, …"),
                err.toString().lines().toList());
        assertEquals("", out.toString());
    }
}
