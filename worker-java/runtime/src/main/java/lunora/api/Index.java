package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An index of a {@link Document}. Rows with equal values stand in order of creation. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
@Repeatable(Indexes.class)
public @interface Index {

  /** The index's name, unique within the table. */
  String name();

  /** The indexed components, in order. */
  String[] on();

  /** Whether two rows with the same values are refused with {@code CONFLICT}. */
  boolean unique() default false;
}
