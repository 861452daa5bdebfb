package io.fairlead.perf.simulations;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;

/** Whom a simulation puts on: agents on their connections, people, other systems; for the span that it was told. */
final class Stage {
    /** Agents start so many a second at most: a storm is a simulation of its own. */
    private static final int STARTS_A_SECOND = 100;

    private static final String AGENT = "agent";

    private final Told told;
    private final Tally tally = new Tally();
    private final Watch watch;
    private final Agents agents;
    private final Channel channel;
    private final Polls polls;
    private final Reports reports;
    private final Uploads uploads;

    Stage() {
        this.told = Told.read();
        this.watch = new Watch(told.span(), System::nanoTime);
        Documents documents = new Documents(XmlReaders.ofJdk());
        this.agents = Agents.of(told.identities(), documents, Clock.systemUTC(), tally);
        this.channel = new Channel(told.agentsUrl(), new SoapCodec(documents));
        this.polls = new Polls(channel, tally, System::nanoTime);
        this.reports = new Reports(channel, watch, tally);
        this.uploads = new Uploads(channel, new FileContents(), watch, tally);
    }

    /** What every simulation asserts, and nothing of time. A request that the server shed with Retry-After did not fail. */
    static Assertion nothingFailed() {
        return global().failedRequests().count().is(0L);
    }

    Duration span() {
        return told.span();
    }

    int count() {
        return agents.count();
    }

    /** A message a period, as an ordinary day is. */
    Rhythm everyDay() {
        return new EveryDay(told.period());
    }

    Polls polls() {
        return polls;
    }

    Reports reports() {
        return reports;
    }

    Watch watch() {
        return watch;
    }

    /** The connections on which polls are parked. */
    PopulationBuilder polling() {
        return connections("agents, polling", polls.chain(Stage::agent, this::pollsOn, session -> watch.left()));
    }

    /** An agent that was kept from it hears once, and reports all, when all is over. */
    private boolean pollsOn(Session session) {
        return !watch.isOver() || (!watch.isLongOver() && !agent(session).isIdle());
    }

    /** The connections that bring messages. */
    PopulationBuilder reporting(Rhythm rhythm) {
        return connections("agents, reporting", reports.chain(Stage::agent, rhythm));
    }

    /** The connections that bring files. */
    PopulationBuilder uploading() {
        return connections("agents, sending files", uploads.chain(Stage::agent));
    }

    private PopulationBuilder connections(String name, ChainBuilder chain) {
        return connections(name, chain, rampUsers(count()).during(starting()));
    }

    /** One virtual user a connection, which is an agent's. */
    PopulationBuilder connections(String name, ChainBuilder chain, OpenInjectionStep... arrivals) {
        Seats seats = agents.seats();
        return scenario(name)
                .exec(exec(session -> session.set(AGENT, seats.agent(session.userId()))))
                .exec(chain)
                .injectOpen(arrivals)
                .protocols(channel.protocol(seats));
    }

    private Duration starting() {
        Duration ordinary = Duration.ofSeconds(Math.max(1, count() / STARTS_A_SECOND));
        Duration quarter = told.span().dividedBy(4);
        return ordinary.compareTo(quarter) < 0 ? ordinary : quarter;
    }

    static SimulatedAgent agent(Session session) {
        SimulatedAgent agent = session.get(AGENT);
        return agent;
    }

    /** People at the console. */
    PopulationBuilder visiting() {
        return new ConsoleVisits(told.peopleUrl(), told.visitors(), agents, watch).population();
    }

    /** Other systems. */
    PopulationBuilder calling() {
        return new IntegrationCalls(told.peopleUrl(), told.account(), agents, watch).population();
    }

    /** When all is over. */
    void leave() {
        tally.add(Tally.LEFT, agents.waiting());
        try {
            tally.write(told.tally());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
