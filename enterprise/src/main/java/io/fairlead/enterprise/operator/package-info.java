/**
 * The server side of the command line: a Unix-domain socket in the data folder, who may speak to it, and the commands. A
 * command turns arguments into a call of a feature and its outcome into JSON; rules live in the features.
 *
 * <pre>
 *   client  → {"command":"devices","arguments":{}}\n                    262,144 bytes at most, complete within 30 s
 *   server  → {"ok":{…}}\n  or  {"error":{"key":…,"text":…,"detail":…,"correlation":…}}\n
 * </pre>
 *
 * One line is answered by one line; a connection may ask again and again, one command at a time.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.operator;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
