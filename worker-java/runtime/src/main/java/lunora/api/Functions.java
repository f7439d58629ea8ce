package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the annotated static methods of a class functions of the app, under this module name:
 * {@code messages:send} is method {@code send} of {@code @Functions("messages")}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
public @interface Functions {

  /** The part before the colon. */
  String value();
}
