package io.contextcore.gateway.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The function library.
 *
 * @param byName in the order of the reference page
 */
record Functions(Map<String, FunctionSpec> byName) {

    static Functions of(Library library) {
        int most = library.limits().resultChars();
        List<FunctionSpec> all = new ArrayList<>(ValueFunctions.specs(library));
        all.addAll(ListFunctions.specs());
        all.addAll(TextFunctions.specs(most));
        all.addAll(PatternFunctions.specs(most));
        all.addAll(WebFunctions.specs());
        all.addAll(CodecFunctions.specs());
        all.addAll(StandardFunctions.specs());
        Map<String, FunctionSpec> byName = new LinkedHashMap<>();
        all.forEach(spec -> byName.put(spec.name(), spec));
        return new Functions(Collections.unmodifiableMap(byName));
    }
}
