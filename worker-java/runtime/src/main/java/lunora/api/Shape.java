package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a static method of a {@link Functions} class a shape: a set of rows that clients keep a
 * copy of, by the method's name alone. Its first parameter is a {@link ShapeContext}, the others
 * are the arguments by name; it answers a {@link ShapeOf}.
 *
 * <pre>{@code
 * @Shape
 * static ShapeOf<Message> channelMessages(ShapeContext ctx, String channel) {
 *   return ShapeOf.rows(MessageTable.TABLE)
 *       .where(MessageTable.CHANNEL.eq(channel))
 *       .columns(MessageTable.AUTHOR, MessageTable.BODY);
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Shape {}
