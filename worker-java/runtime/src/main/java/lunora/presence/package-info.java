/**
 * Who is where: a ready module over ordinary tables and hooks (protocol section 12). An app adds it
 * with {@code .include(Presence.module())}. Uses {@code api} and {@code schema} only.
 */
@NullMarked
package lunora.presence;

import org.jspecify.annotations.NullMarked;
