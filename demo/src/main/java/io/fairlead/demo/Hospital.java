package io.fairlead.demo;

import io.fairlead.perf.fleet.Registration;
import java.util.List;
import java.util.Locale;

/** A customer of the simulated fleet, with the place where its instruments stand. */
record Hospital(String customer, String site, String region) {
    private static final List<String> LABORATORIES = List.of("core laboratory", "emergency laboratory", "radiology");

    /** The first three are those of the demo's own instruments. */
    private static final List<Hospital> ALL = List.of(
            new Hospital("Saint Mary Hospital", "Leeds", "eu"),
            new Hospital("Institut Pasteur Sud", "Lyon", "eu"),
            new Hospital("Klinikum Donau", "Ulm", "eu"),
            new Hospital("Ospedale San Luca", "Padova", "eu"),
            new Hospital("Hospital del Mar Norte", "Gijón", "eu"),
            new Hospital("Sint Jansziekenhuis", "Utrecht", "eu"),
            new Hospital("Szpital Wawelski", "Kraków", "eu"),
            new Hospital("Västra sjukhuset", "Göteborg", "eu"),
            new Hospital("Fjordsykehuset", "Bergen", "eu"),
            new Hospital("Nemocnice u Mostu", "Brno", "eu"),
            new Hospital("Bosphorus Hospital", "Istanbul", "eu"),
            new Hospital("Lakeside Medical Center", "Madison", "us"),
            new Hospital("Bay General Hospital", "Oakland", "us"),
            new Hospital("Mercy of the Plains", "Omaha", "us"),
            new Hospital("Hudson Valley Clinics", "Albany", "us"),
            new Hospital("Hôpital du Fleuve", "Québec", "us"),
            new Hospital("Hospital Serra Azul", "Curitiba", "us"),
            new Hospital("Higashi Hospital", "Sendai", "asia"),
            new Hospital("Marina General", "Singapore", "asia"),
            new Hospital("Coromandel Institute", "Chennai", "asia"),
            new Hospital("Harbour City Hospital", "Busan", "asia"),
            new Hospital("Southern Cross Clinics", "Adelaide", "asia"));

    /** A device of the fleet, the same for the same number at every start: {@code FLEET-00001} and so on. */
    static Registration device(int number) {
        // By a factor that shares none with the counts, so that each hospital has each kind of instrument.
        Hospital hospital = ALL.get((number * 5 + number / ALL.size()) % ALL.size());
        Station like = Station.of(number);
        String laboratory = LABORATORIES.get(like.instrument() instanceof ContrastInjector ? 2 : number / 7 % 2);
        return new Registration(
                String.format(Locale.ROOT, "FLEET-%05d", number),
                hospital.customer,
                hospital.site + ", " + laboratory,
                hospital.region,
                like.instrument().model(),
                "SF" + (30_000 + number));
    }
}
