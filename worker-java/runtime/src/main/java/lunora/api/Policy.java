package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a static method of a {@code @Functions} class a row policy of a table: {@code static
 * Predicate<Note> own(PolicyContext ctx)} for the table of {@code Note}. No client can call it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Policy {

  /** What it is about. */
  RowAccess value() default RowAccess.READ_WRITE;
}
