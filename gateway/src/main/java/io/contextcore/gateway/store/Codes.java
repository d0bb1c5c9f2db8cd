package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;

/** How enumerations are written: fixed codes, so that renaming or reordering a constant changes no byte on disk. */
final class Codes {

    private Codes() {}

    static byte of(TelemetrySignal signal) {
        return switch (signal) {
            case TRACES -> 1;
            case LOGS -> 2;
        };
    }

    static byte of(Timers.Purpose purpose) {
        return switch (purpose) {
            case ADOPT -> 1;
            case SLICE -> 2;
            case EXPIRE -> 3;
            case HOLD -> 4;
            case SNAPSHOT -> 5;
            case ROLL_UP -> 6;
            case TALLY -> 7;
            case TALLY_REPEAT -> 8;
            case FORGET -> 9;
            case OVERDUE -> 10;
        };
    }

    static Timers.Purpose purpose(int code) {
        return switch (code) {
            case 1 -> Timers.Purpose.ADOPT;
            case 2 -> Timers.Purpose.SLICE;
            case 3 -> Timers.Purpose.EXPIRE;
            case 4 -> Timers.Purpose.HOLD;
            case 5 -> Timers.Purpose.SNAPSHOT;
            case 6 -> Timers.Purpose.ROLL_UP;
            case 7 -> Timers.Purpose.TALLY;
            case 8 -> Timers.Purpose.TALLY_REPEAT;
            case 9 -> Timers.Purpose.FORGET;
            case 10 -> Timers.Purpose.OVERDUE;
            default -> throw unknown("timer purpose", code);
        };
    }

    static byte of(DeadKey.Kind kind) {
        return switch (kind) {
            case DELIVERY -> 1;
            case MESSAGE -> 2;
            case TIMER -> 3;
            case TRACES -> 4;
            case LOGS -> 5;
        };
    }

    static DeadKey.Kind deadKind(int code) {
        return switch (code) {
            case 1 -> DeadKey.Kind.DELIVERY;
            case 2 -> DeadKey.Kind.MESSAGE;
            case 3 -> DeadKey.Kind.TIMER;
            case 4 -> DeadKey.Kind.TRACES;
            case 5 -> DeadKey.Kind.LOGS;
            default -> throw unknown("kind of dead letter", code);
        };
    }

    static DeadKey.Kind deadKind(TelemetrySignal signal) {
        return switch (signal) {
            case TRACES -> DeadKey.Kind.TRACES;
            case LOGS -> DeadKey.Kind.LOGS;
        };
    }

    static String of(Instance.Stage stage) {
        return switch (stage) {
            case SHADOW -> "shadow";
            case OPEN -> "open";
            case ENDED -> "ended";
        };
    }

    static Instance.Stage stage(String code) {
        return switch (code) {
            case "shadow" -> Instance.Stage.SHADOW;
            case "open" -> Instance.Stage.OPEN;
            case "ended" -> Instance.Stage.ENDED;
            default -> throw unknown("stage", code);
        };
    }

    static String of(Message.Bond bond) {
        return switch (bond) {
            case JOINED -> "joined";
            case KEPT -> "kept";
            case LEFT -> "left";
        };
    }

    static Message.Bond bond(String code) {
        return switch (code) {
            case "joined" -> Message.Bond.JOINED;
            case "kept" -> Message.Bond.KEPT;
            case "left" -> Message.Bond.LEFT;
            default -> throw unknown("bond", code);
        };
    }

    private static StoreException unknown(String what, Object code) {
        return new StoreException("the store holds an unknown " + what + " '" + code
                + "' (expected: one that this version knows): it was written by a newer version");
    }
}
