package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.intake.Verdict.Admitted;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.model.SourceKind;
import java.util.Arrays;
import java.util.Map;

/** Any path and body as calls: never an exception, and what was admitted is the same call when it comes whole. */
public final class CallsFuzz {

    private static final Door DOOR = new Door(Limits.defaults(), Clock.system(), source -> true, () -> "r");
    private static final SourceKind KIND = Desk.kind();

    private CallsFuzz() {}

    /** @param input the path below that of the API, a line feed, the body */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, ISO_8859_1);
        int end = Math.max(0, text.indexOf('\n'));
        String path = "/desk" + text.substring(0, end);
        for (Admitted admitted :
                verdict(path, Arrays.copyOfRange(input, end, input.length)).admitted()) {
            byte[] call = admitted.arrival().stored();
            Admitted whole = verdict("/desk/calls", call).admitted().get(0);
            if (!Arrays.equals(call, whole.arrival().stored())
                    || !admitted.arrival().event().equals(whole.arrival().event())) {
                throw new AssertionError("another call when it comes whole");
            }
        }
    }

    private static Verdict verdict(String path, byte[] body) {
        Map<String, String> headers = Map.of("authorization", "Bearer s", "content-type", "application/json");
        IntakeRequest request = new IntakeRequest("desk", headers, Map.of(), body, path);
        return DOOR.admit(request, Desk.SOURCE, KIND, Redactor.none());
    }
}
