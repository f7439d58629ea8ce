package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a static method of a {@link Functions} class when a client that had connected is gone, under
 * the client's identity: {@code static void left(MutationContext ctx, ConnectionEvent event)}. See
 * {@link ConnectionHook}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface OnDisconnect {}
