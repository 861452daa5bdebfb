/**
 * The two threads that talk to the enterprise. {@link io.fairlead.agent.poll.PollLoop} keeps a poll parked there and hands
 * instructions in; {@link io.fairlead.agent.poll.ReportLoop} empties the spool. Neither ends before the agent does.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.poll;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
