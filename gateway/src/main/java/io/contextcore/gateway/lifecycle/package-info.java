/**
 * Floor 3: the step of an instance. Pure: state and a message in; state, telemetry and messages to others out. A step sees
 * and changes one row.
 */
@NullMarked
package io.contextcore.gateway.lifecycle;

import org.jspecify.annotations.NullMarked;
