/**
 * What a fleet does to a server, played by Gatling: a normal day, a burst of alarms, all agents that come back at once, a
 * wave of uploads, and a day with people and other systems on top. Simulated agents speak as real ones do, with a
 * certificate each; {@code ./fairlead perf SIMULATION} starts the server, enrols them, plays and counts.
 *
 * <pre>
 *   Main ─▶ PerfCommand ─▶ OwnServer (a process), Preparation (devices, people, an account, files to be asked for)
 *                     └──▶ GatlingProcess ─▶ NormalDay | AlarmBurst | … ─▶ Stage ─▶ Polls, Reports, Uploads, …
 *                     └──▶ Summary ◀─ what Gatling measured, what the agents counted, what the server has
 * </pre>
 */
@NullMarked
@CheckReturnValue
package io.fairlead.perf.simulations;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
