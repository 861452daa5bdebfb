package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.kernel.TestDatabase;

/**
 * A fleet as large as a vendor's: 10,000 devices of 50 customers at 200 sites in 3 regions, of 12 models. Of the first hundred
 * of each thousand every kind of trouble is there; whoever is not in trouble was heard a minute before {@code now}.
 */
public final class ManyDevices {
    public static final int COUNT = 10_000;

    private static final String DEVICES = """
            INSERT INTO device (id, customer, site, region, model, serial, muted, stolen_at, enrolment, created_at)
            SELECT 'LAB-' || lpad(n::text, 5, '0'),
                   'Hospital ' || lpad((n %% 50)::text, 2, '0'),
                   'Site ' || lpad((n %% 200)::text, 3, '0'),
                   (ARRAY['eu', 'us', 'ap'])[1 + n %% 50 %% 3],
                   'Model ' || chr(65 + n %% 12),
                   'SN' || (700000 + n * 7),
                   n %% 1000 = 3,
                   CASE WHEN n %% 1000 = 0 THEN timestamptz '%1$s' - interval '1 day' END,
                   CASE WHEN n %% 1000 <> 2 THEN lpad(to_hex(n), 32, '0') END,
                   timestamptz '%1$s' - interval '100 days'
              FROM generate_series(1, %2$d) n
            """;
    private static final String CONTACTS = """
            INSERT INTO device_contact (device, last_contact, address, agent_version, held_at, held_why)
            SELECT 'LAB-' || lpad(n::text, 5, '0'),
                   CASE WHEN n %% 1000 IN (2, 4) THEN NULL
                        WHEN n %% 1000 BETWEEN 5 AND 9 THEN timestamptz '%1$s' - interval '3 hours'
                        WHEN n %% 1000 BETWEEN 10 AND 19 THEN timestamptz '%1$s' - interval '5 minutes'
                        ELSE timestamptz '%1$s' - interval '1 minute' END,
                   CASE WHEN n %% 1000 NOT IN (2, 4) THEN '10.' || n / 2500 || '.' || n / 250 %% 250 || '.' || n %% 250 END,
                   CASE WHEN n %% 1000 NOT IN (2, 4) THEN '0.1.0' END,
                   CASE WHEN n %% 1000 = 1 THEN timestamptz '%1$s' - interval '2 hours' END,
                   CASE WHEN n %% 1000 = 1 THEN 'a poll from 10.9.9.9 followed on an older one' END
              FROM generate_series(1, %2$d) n
            """;
    /** One in five has a warning, one in twenty an error as well, one in two hundred is critical. */
    private static final String ALARMS = """
            INSERT INTO alarm (device, code, severity, text, raised_at, last_seen, count, received_at, cleared_at)
            SELECT 'LAB-' || lpad(n::text, 5, '0'), code, severity, words, at, at, 1, at,
                   CASE WHEN past THEN at + interval '1 hour' END
              FROM generate_series(1, %2$d) n
             CROSS JOIN (VALUES (5, 'E-101', 'warning', 'Reagent runs low', false),
                                (20, 'E-203', 'error', 'Lamp intensity is low', false),
                                (200, 'E-900', 'critical', 'Probe crashed into the tray', false),
                                (2, 'E-050', 'warning', 'Door was open', true))
                   AS kinds (every, code, severity, words, past)
             CROSS JOIN LATERAL (SELECT timestamptz '%1$s' - interval '1 hour' * (n %% 72 + 1) AS at) t
             WHERE n %% every = 0
            """;

    private ManyDevices() {}

    /** @param now the moment that the fixture is about, as PostgreSQL reads it */
    public static void insert(TestDatabase postgres, String now) {
        postgres.execute(
                DEVICES.formatted(now, COUNT), CONTACTS.formatted(now, COUNT), ALARMS.formatted(now, COUNT), "ANALYZE");
    }
}
