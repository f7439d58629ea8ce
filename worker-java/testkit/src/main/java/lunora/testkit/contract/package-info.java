/**
 * What every host has to keep to, as lists of cases without JUnit or JDBC: they run against the
 * fakes on the JVM, and compiled by TeaVM inside workerd. Uses {@code wire} and {@code host.local}.
 */
@NullMarked
package lunora.testkit.contract;

import org.jspecify.annotations.NullMarked;
