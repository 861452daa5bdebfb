package io.fairlead.perf.simulations;

import javax.net.ssl.KeyManagerFactory;

/**
 * An agent that was really enrolled.
 *
 * @param key with its certificate chain
 */
record Enrolled(SimulatedAgent agent, KeyManagerFactory key) {}
