/** Floor 2: telemetry into OTLP protobuf and OTLP/JSON. Pure; everything that shapes the bytes is an argument. */
@NullMarked
package io.contextcore.gateway.otlp;

import org.jspecify.annotations.NullMarked;
