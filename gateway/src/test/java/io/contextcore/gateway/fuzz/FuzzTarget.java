package io.contextcore.gateway.fuzz;

import io.contextcore.gateway.app.settings.SettingsFuzz;
import io.contextcore.gateway.export.ReplyFuzz;
import io.contextcore.gateway.expression.ExpressionFuzz;
import io.contextcore.gateway.intake.CallsFuzz;
import io.contextcore.gateway.intake.FormFuzz;
import io.contextcore.gateway.intake.SignatureFuzz;
import io.contextcore.gateway.mapping.MappingFuzz;
import io.contextcore.gateway.model.JsonFuzz;
import io.contextcore.gateway.yaml.YamlFuzz;
import java.util.Locale;
import java.util.function.Consumer;

/** What reads bytes of strangers. Seeds are the files of {@code fuzz/<name>} among the test resources. */
enum FuzzTarget {
    SIGNATURE(SignatureFuzz.class, SignatureFuzz::fuzzerTestOneInput, 2_000_000),
    JSON(JsonFuzz.class, JsonFuzz::fuzzerTestOneInput, 3_000_000),
    FORM(FormFuzz.class, FormFuzz::fuzzerTestOneInput, 1_000_000),
    CALLS(CallsFuzz.class, CallsFuzz::fuzzerTestOneInput, 500_000),
    REPLY(ReplyFuzz.class, ReplyFuzz::fuzzerTestOneInput, 2_000_000),
    YAML(YamlFuzz.class, YamlFuzz::fuzzerTestOneInput, 600_000),
    EXPRESSION(ExpressionFuzz.class, ExpressionFuzz::fuzzerTestOneInput, 500_000),
    SETTINGS(SettingsFuzz.class, SettingsFuzz::fuzzerTestOneInput, 200_000),
    MAPPING(MappingFuzz.class, MappingFuzz::fuzzerTestOneInput, 200_000);

    private final Class<?> type;
    private final Consumer<byte[]> run;
    private final int share;

    /** @param share of ten millions, by how fast the target is */
    FuzzTarget(Class<?> type, Consumer<byte[]> run, int share) {
        this.type = type;
        this.run = run;
        this.share = share;
    }

    void run(byte[] input) {
        run.accept(input);
    }

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    String className() {
        return type.getName();
    }

    /** Executions, of so many for all targets together. */
    long executions(long all) {
        return all * share / 10_000_000;
    }
}
