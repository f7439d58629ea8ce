/**
 * What an app adds to its Worker at the edge: handlers, gates and settings. Given by Java authors
 * through {@code lunora.boot.Worker} and by JavaScript authors through {@code createWorker}; every
 * gate and handler may suspend. Uses {@code host.inbound} and {@code host.remote}.
 */
@NullMarked
package lunora.host.edge;

import org.jspecify.annotations.NullMarked;
