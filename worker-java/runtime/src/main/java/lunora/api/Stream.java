package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a static method of a {@link Functions} class a stream: it gives a client any number of
 * values, one after another. Its first parameter is a {@link StreamContext} of what it emits, the
 * others are the arguments by name; it returns nothing.
 *
 * <pre>{@code
 * @Stream
 * static void count(StreamContext<Integer> ctx, int to) {
 *   for (int i = 1; i <= to; i++) {
 *     ctx.emit(i);
 *     ctx.sleep(1000);
 *   }
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Stream {

  /**
   * Whether the values are stored as they come, for a day. A durable stream runs to its end even
   * when its client goes away, and the client reads on from where it was when it comes back; the
   * same call of the same user is one run. One that is not durable ends with its client.
   */
  boolean durable() default false;
}
