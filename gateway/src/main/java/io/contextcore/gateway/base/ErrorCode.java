package io.contextcore.gateway.base;

import java.util.Locale;

/**
 * The kinds of mistakes, one code each; the text of a problem tells the particulars. A code never changes its meaning, and
 * the code of a kind that is gone is not used again. {@code docs/errors.md} is made of this table.
 */
public enum ErrorCode {
    NOT_YAML(
            101,
            "not YAML",
            "The text cannot be read as YAML: a bracket is open, the indentation is off, a character is not allowed.",
            "Mend the line. A value with `${…}` in `{ }`, or with `: ` in it, wants quotes."),
    EMPTY_FILE(102, "nothing in the file", "The file holds no value.", "Write its first key, or delete it."),
    SECOND_DOCUMENT(103, "a second document", "`---` begins a second document.", "Put it into a file of its own."),
    FOREIGN_YAML(
            104,
            "YAML that the files do not have",
            "Anchors, aliases, tags, merge keys and keys that are no text are refused: what is read is what stands there.",
            "Write the value out."),
    DUPLICATE_KEY(
            105,
            "a key twice",
            "The same key stands in one map twice; one of them would be lost.",
            "Delete one, or rename it."),
    NEEDS_QUOTES(
            106,
            "text without quotes",
            "Readers of YAML do not agree what it is: `no`, `on`, `1e3`, `12:30`, `0x1F`, or an expression with `: ` in it.",
            "Put it in quotes."),
    UNKNOWN_KEY(
            107,
            "unknown key",
            "No such key may stand here. It is refused, because a misspelt key would do nothing in silence.",
            "Take the nearest name, or one of those that the text lists."),
    MISSING_KEY(108, "missing key", "A key that has to be there is not, or has no value.", "Add it."),
    WRONG_TYPE(
            109,
            "a value of the wrong shape",
            "The value is not what is expected here: a list for a text, a word for a number, a time span without unit.",
            "Write what the text says is expected."),
    OUT_OF_RANGE(110, "out of range", "The number is too small or too large.", "Take one within the range."),
    NOT_ALLOWED(
            111,
            "not one of the allowed values",
            "Only some words may stand here.",
            "Take the nearest, or one of those that the text lists."),
    NOT_SUPPORTED(
            112,
            "not supported yet",
            "The key belongs to the language, but this version does not understand it.",
            "Leave it out, or take a newer version."),
    KEYS_DISAGREE(
            113,
            "keys that do not go together",
            "Two keys exclude each other, or one has no meaning without the other.",
            "Take one of them, or add the other."),

    UNREADABLE(
            201,
            "cannot be read",
            "The file or folder is not there, may not be read, is not UTF-8, or a folder holds no file of the language.",
            "Correct the path, the permissions or the encoding."),
    UNKNOWN_HEAD(
            202,
            "not a file of the language",
            "The first key says what a file is; this one says nothing that is known.",
            "Start the file with one of the keys that the text lists, or move it out of the folder."),
    DUPLICATE_NAME(203, "a name twice", "Two things of one sort have the same name.", "Rename one, or delete it."),
    FILE_VERSION(
            204,
            "the version of the language",
            "Each file says first which version of the language it is written in; this one does not, or says an unknown one.",
            "Write `apiVersion: contextcore.io/v1` as its first line. A newer version needs a newer gateway."),

    NOTHING_TO_DISABLE(
            205,
            "nothing to switch off",
            "A file says `disabled: true` of a name that no earlier folder declares.",
            "Take the nearest name; or delete the file, if what it switched off is gone."),

    BRACES(
            301,
            "braces of an expression",
            "`${` has no `}`, or stands where the whole value is an expression already.",
            "Close it; leave the braces out where only an expression can stand; write a literal `${` as `$${`."),
    EMPTY_EXPRESSION(302, "no expression", "An expression is expected and there is none.", "Write one."),
    SYNTAX(
            303,
            "not an expression",
            "The text is not an expression of CEL.",
            "Mend it at the caret; texts in expressions want quotes of their own."),
    UNSUPPORTED_EXPRESSION(
            304,
            "CEL that the language does not have",
            "Messages are refused, and keys of a map that are neither string, int, uint nor bool.",
            "Use a map, with text as keys."),
    UNKNOWN_VARIABLE(
            305,
            "unknown variable",
            "Nothing of this name can be read here. A variable can be read below its declaration only.",
            "Take the nearest name, or one of those that the text lists."),
    UNKNOWN_FUNCTION(
            306,
            "unknown function",
            "There is no function or macro of this name.",
            "Take the nearest name; `docs/functions.md` lists all."),
    WRONG_CALL(
            307,
            "called in a wrong way",
            "The macro or function exists, but not with this number of arguments, not on this side of the dot, or not in files"
                    + " of this sort.",
            "See `docs/functions.md`."),
    OPERANDS(
            308,
            "types that do not go together",
            "The operator or function does not take values of these types.",
            "Convert one: `string(x)`, `int(x)`, `double(x)`, `time(x)`."),
    RESULT_TYPE(
            309,
            "a result of the wrong type",
            "The expression can only yield a type that cannot stand here.",
            "Convert the result to the type that the text names."),
    BAD_PATTERN(
            310,
            "not a regular expression",
            "The pattern is none of RE2, whose time is linear: it has no back references and no look-around.",
            "Mend it, or say it without them."),
    UNKNOWN_TABLE(
            311,
            "unknown table",
            "`lookup` names a table that no file declares, or `learnt` one that no mapping learns into.",
            "Take the nearest name, declare the table, or fill it under `learn`."),
    BAD_VARIABLE_NAME(
            312,
            "a name that no variable can have",
            "The name is taken already, is a word of the language, or has characters that a variable's name cannot have.",
            "Choose another one: letters, digits and `_`."),

    UNKNOWN_KIND(
            401,
            "unknown kind",
            "No file declares this kind of source.",
            "Take the nearest name, or declare the kind."),
    NO_VERIFICATION(
            402,
            "no way to verify",
            "The kind does not say how its requests are proven.",
            "Say `hmac` or `token` under `verify`. Without any proof: `verify: none` of the source, in the settings."),
    UNKNOWN_PLACEHOLDER(
            403,
            "unknown placeholder",
            "What `send` may fill in is a short list, and this is not in it.",
            "Take the nearest name, or one of those that the text lists."),

    NOTHING_SAID(
            501,
            "a mapping that says nothing",
            "The mapping moves no lifecycle, makes no span and no log, and ignores nothing.",
            "Say what its events mean, or ignore them with a reason."),
    BAD_REASON(
            503,
            "a reason that cannot be counted",
            "Reasons are labels of a metric.",
            "Write lower-case words with `-` between them."),
    NOT_LISTED(
            504,
            "children that nobody lists",
            "A signal goes to the children of an instance, but the lifecycle of that instance does not list them, or not with"
                    + " this label.",
            "Name their lifecycle under `children` of the parent's lifecycle file, and the label under `labels`."),
    ROLL_UP_TOLD(
            505,
            "a roll-up that is told",
            "The attribute is the sum over an instance's children, or becomes true when something is overdue; what a mapping"
                    + " tells of it would be overwritten.",
            "Tell another attribute, and let the expression of the roll-up or of `overdue` read that."),

    UNKNOWN_LIFECYCLE(
            601, "unknown lifecycle", "No file declares this lifecycle.", "Take the nearest name, or declare it."),
    DERIVED_CYCLE(
            602,
            "derived attributes that need each other",
            "Derived attributes are computed one after the other, each after those that it reads; these read each other in a circle.",
            "Let one of them read what was told instead."),
    SHAPE_CHANGED(
            603,
            "refused at start or reload: another shape",
            "A lifecycle that is in use would turn from `root: anchor` to `root: span` or back. Its spans that were sent would"
                    + " get a second content under the same id. The data folder keeps what each lifecycle was.",
            "Give the changed lifecycle another name, keep the shape, or begin with an empty data folder."),
    UNNAMED_READ(
            604,
            "attributes that are not named",
            "The expression reads attributes by a name that is computed, or all of them, where it has to be known which ones.",
            "Name each of them: `after['…']`."),

    UNKNOWN_ATTRIBUTE(
            701,
            "unknown attribute",
            "No file of conventions declares this attribute.",
            "Take the nearest name, or declare it."),
    ATTRIBUTE_TYPE(
            702,
            "an attribute of another type",
            "The attribute is declared, but its type cannot be used in this way.",
            "Use an attribute of the type that the text names, or change the declaration."),

    UNKNOWN_SETTING(
            801,
            "unknown setting",
            "There is no such setting.",
            "Take the nearest name; `docs/settings.md` lists all."),
    BAD_SETTING(
            802,
            "a setting that cannot be used",
            "The value is not what the setting takes.",
            "Write what the text says is expected; see `docs/settings.md`."),
    BAD_VARIABLE(
            803,
            "a variable that cannot be used",
            "The value of an environment variable of OpenTelemetry is not what its specification says.",
            "Write what the text says is expected."),
    BAD_SOURCE_NAME(
            804,
            "a source's name that cannot stand in a path",
            "The name is a part of the address that webhooks are sent to.",
            "Use lower-case letters, digits, `.`, `_` and `-`."),
    NO_SECRET(
            805,
            "a source without a secret",
            "A source without a secret would take what anybody posts.",
            "Give `secret:`, or say `verify: none`."),
    SECRET_UNREADABLE(
            806,
            "a secret that cannot be had",
            "The secret's file cannot be read, its variable is not set, or it is blank.",
            "Correct the path or the name; put at least one visible character there."),

    EVALUATION(
            901,
            "an expression has an error for the values it met",
            "The delivery is a dead letter; the text shows the expression and what it met: without secrets, cut, of lists and maps"
                    + " only the size.",
            "Mend the mapping for such values (`when:`, `has()`, a conversion); then replay the dead letter."),
    BUDGET(
            902,
            "too much to compute",
            "The expressions of one delivery may take only so many steps and so much time together, and make and read texts only so"
                    + " large: the settings `limits.iterations`, `limits.time`, `limits.result_chars`, `limits.body_depth`. The dead"
                    + " letter's code says which.",
            "Look at fewer elements, or raise the limit; then replay the dead letter."),
    UNFIT_RESULT(
            903,
            "a result that does not fit its place",
            "The expression yielded a value that cannot stand here: no text for a key, no time for `at`, or a value that the"
                    + " conventions do not allow.",
            "Mend the expression, or say `when:` where there may be no value; then replay the dead letter."),

    UNKNOWN_SCHEMA(
            1001,
            "unknown schema",
            "The mapping names a schema that no file declares.",
            "Take the nearest name, or declare the schema."),
    UNKNOWN_TYPE(
            1002,
            "unknown type",
            "The type is none of the language's, nor one that the schema declares under `types`.",
            "Take the nearest name, or declare the type."),
    BAD_TYPE(
            1003,
            "not a type",
            "A type is a name, names with `|` between them, a list with the type of its items, or a map of members.",
            "Write it as the text says."),
    UNKNOWN_FIELD(
            1004,
            "undefined field",
            "The mapping's schema knows no such member of the payload.",
            "Take the nearest name; if the sender does send it, add it to the schema."),
    NO_SCHEMA(
            1005,
            "a mapping without a schema",
            "Nothing is known of its payloads, so that a misspelt path would be absent in silence.",
            "Write a schema of what it reads, and name it: `schema: <name>`."),
    UNUSED_SCHEMA(1006, "a schema that no mapping names", "It checks nothing.", "Name it, or delete it."),
    UNREAD_MEMBER(
            1007,
            "a member that is not read",
            "A schema says what mappings read, and no more: what nobody reads, nobody checks.",
            "Delete the member."),

    NO_TEST(
            1101,
            "no test",
            "The file has no case, the case has no step, or none was picked: what runs nothing cannot fail.",
            "Write a case, or delete the file; pick by another text."),
    CHECKS_NOTHING(
            1102,
            "an expectation that checks nothing",
            "Whatever comes out would pass.",
            "Say what must come out: spans, logs, a number of them, a reason; `contextcore test --update` writes it."),
    NOTHING_HAPPENS(
            1103,
            "a step in which nothing happens",
            "Nothing is delivered, and no time goes by.",
            "Give `headers`, `body` or `file`, or `until`.");

    private final ErrorArea area;
    private final String code;
    private final String title;
    private final String meaning;
    private final String remedy;

    /** @param number that of the area, times 100, and one of its own: CC and four digits are the code */
    ErrorCode(int number, String title, String meaning, String remedy) {
        this.area = ErrorArea.of(number / 100);
        this.code = String.format(Locale.ROOT, "CC%04d", number);
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public ErrorArea area() {
        return area;
    }

    /** Such as {@code CC0107}: stable, also between versions. */
    public String code() {
        return code;
    }

    /** A few words. */
    public String title() {
        return title;
    }

    /** What it means; a sentence or two in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** What to do; a sentence or two in Markdown. */
    public String remedy() {
        return remedy;
    }

    /** The code. */
    @Override
    public String toString() {
        return code;
    }
}
