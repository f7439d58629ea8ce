/**
 * What an app stores and exchanges: documents, tables, fields, indexes, predicates, and the codecs
 * between Java values and the wire. Uses {@code wire}, {@code error} and {@code host.local}; used
 * by everything else.
 */
@NullMarked
package lunora.schema;

import org.jspecify.annotations.NullMarked;
