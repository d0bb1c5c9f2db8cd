package io.contextcore.gateway.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The promises of docs/promises.md, by their ids, that this test would show to be broken. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface Promise {
    String[] value();
}
