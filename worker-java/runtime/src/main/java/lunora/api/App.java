package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the class that names the app. The processor collects the documents and functions of the
 * compilation into {@code <Name>Module}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
public @interface App {

  /**
   * What the schema may give up of the data that shards hold, in the words in which {@code lunora
   * schema} and a shard that refuses ask for it: see {@link AppBuilder#accept}.
   */
  String[] accept() default {};
}
