package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks a static method of a {@link Functions} class whether a client may join a topic and whisper
 * in it: {@code static boolean mayWhisper(QueryContext ctx, WhisperEvent event)}. All such methods
 * have to agree; without any, every topic is open. See {@link WhisperRule}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface OnWhisper {}
