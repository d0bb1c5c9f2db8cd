package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.Privacy;
import io.contextcore.gateway.model.Privacy.People;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How much of people's names and words becomes telemetry; docs/privacy.md shows it attribute by attribute. */
final class PrivacyOptions {

    private final Option<People> people = Option.of(
            "privacy.people",
            OptionType.oneOf(People.class, People::word),
            "keep",
            "names of people in telemetry: as they are told, as a keyed hash (the same person is the same everywhere), or not at"
                    + " all");
    private final Option<String> key = Option.of(
            "privacy.key",
            OptionType.SECRET,
            null,
            "key of the hashes, a secret: `file:PATH`, `env:NAME` or the key itself; needed with `hash`. With another key everybody"
                    + " has another hash");
    private final Option<Boolean> emails = Option.of(
            "privacy.emails",
            OptionType.FLAG,
            "false",
            "whether e-mail addresses in texts are sent; if not, each becomes `" + Privacy.EMAIL
                    + "`, and a name that is one is cut at the `@`");
    private final Option<Boolean> texts = Option.of(
            "privacy.texts",
            OptionType.FLAG,
            "false",
            "whether what people and agents wrote (bodies, comments, prompts, answers, results of tools) is sent, cut"
                    + " at `limits.attribute_chars` and without the secrets that `redaction:` knows");

    List<Option<?>> all() {
        return List.of(people, key, emails, texts);
    }

    Privacy read(Values values, Secrets secrets, Problems problems) {
        Location at = values.placeOf(key).orElse(Location.named(key.key()));
        Optional<Secret> secret = values.find(key).flatMap(text -> secrets.read(text, at, Path.of("")));
        People wanted = values.get(people);
        if (wanted == People.HASH && values.find(key).isEmpty()) {
            problems.add(
                    ErrorCode.BAD_SETTING,
                    values.placeOf(people).orElse(Location.named(people.key())),
                    "privacy.people: hash needs a key (expected also: privacy.key)");
        }
        boolean can = wanted != People.HASH || secret.isPresent();
        return new Privacy(can ? wanted : People.DROP, secret.orElse(null), values.get(emails), values.get(texts));
    }
}
