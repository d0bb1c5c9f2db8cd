package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Span;
import java.util.List;
import java.util.function.Function;

/** Telemetry to the bytes of an OTLP export request. Both are pure: emit mode, facts and resource are frozen in them. */
public record Encoding(Function<List<Span>, byte[]> traces, Function<List<LogRecord>, byte[]> logs) {}
