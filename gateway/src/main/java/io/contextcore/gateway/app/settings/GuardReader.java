package io.contextcore.gateway.app.settings;

import com.fasterxml.jackson.core.JsonPointer;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.IpRange;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceForm;
import io.contextcore.gateway.model.Age;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a source asks of a request beside its proof: where it comes from, and how old it may be. */
final class GuardReader {

    private final Problems problems;

    GuardReader(Problems problems) {
        this.problems = problems;
    }

    /** None: requests may come from anywhere. */
    List<IpRange> allow(Field field) {
        List<IpRange> ranges = new ArrayList<>();
        List<YamlScalar> told = field.isPresent() ? field.scalars() : List.of();
        for (YamlScalar scalar : told) {
            IpRange.parse(scalar.text())
                    .ifPresentOrElse(
                            ranges::add,
                            () -> problems.add(
                                    ErrorCode.BAD_SETTING,
                                    scalar.location(),
                                    "allow: " + scalar.describe() + " does not fit (expected " + IpRange.FORM + ")"));
        }
        if (field.isPresent() && told.isEmpty()) {
            field.problem(
                    ErrorCode.BAD_SETTING,
                    "allow: no address, so nobody could send (expected " + IpRange.FORM
                            + "; or no `allow:`, and anybody may)");
        }
        return ranges;
    }

    /** Empty: they may be of any age, or a problem was added. */
    Optional<Age> age(Field field) {
        if (!field.isPresent()) {
            return Optional.empty();
        }
        return field.fields(SourceForm.AGE).flatMap(fields -> {
            boolean claim = fields.isPresent("claim");
            Field at = fields.get(claim ? "claim" : "body");
            Optional<Long> within = fields.get("within").duration().map(Nanos::of);
            if (within.filter(nanos -> nanos <= 0).isPresent()) {
                fields.get("within").problem(ErrorCode.OUT_OF_RANGE, "within: too short (expected more than 0s)");
            }
            Optional<JsonPointer> pointer = !at.isPresent()
                    ? Optional.empty()
                    : at.text().flatMap(text -> claim ? Optional.of(member(text)) : pointer(at, text));
            return pointer.flatMap(
                    place -> within.map(nanos -> new Age(claim ? Age.Where.TOKEN : Age.Where.BODY, place, nanos)));
        });
    }

    private static JsonPointer member(String name) {
        return JsonPointer.compile("/" + name.replace("~", "~0").replace("/", "~1"));
    }

    private static Optional<JsonPointer> pointer(Field field, String text) {
        if (text.length() > 1 && text.startsWith("/")) {
            return Optional.of(JsonPointer.compile(text));
        }
        field.problem(
                ErrorCode.BAD_SETTING,
                "body: '" + text + "' does not fit (expected a JSON pointer, such as /timestamp or /event/time)");
        return Optional.empty();
    }
}
