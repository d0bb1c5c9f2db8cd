/** Targets for Jazzer, their seeds as ordinary tests, and the program that runs them long. */
@NullMarked
package io.contextcore.gateway.fuzz;

import org.jspecify.annotations.NullMarked;
