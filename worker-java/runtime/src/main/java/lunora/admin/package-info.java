/**
 * The admin plane as the Worker serves it (protocol section 15): the routes under {@code
 * /_lunora/admin/}. Whether somebody may ask has been decided before anything here runs.
 */
@NullMarked
package lunora.admin;

import org.jspecify.annotations.NullMarked;
