package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a customer marks is asked about, however it is written; what lies beside it is not. */
class PatientPathsTest {
    @ParameterizedTest(name = "{0}: {1} and not {2}")
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                // An absolute path, and all that lies below it.
                "/data/patients | /data/patients | /data/patients2",
                "/data/patients | /data/patients/2026/p1/run.csv | /data/other/2026/run.csv",
                "/data/patients | /data/patients/run.csv | /data/patient",
                "/data/patients | /data/patients/run.csv | /more/data/patients/run.csv",
                "/data/patients/ | /data/patients/run.csv | /data/run.csv",
                "//data///patients// | /data/patients/run.csv | /data/run.csv",
                "/data/./patients/. | /data/patients/run.csv | /data/run.csv",
                "/data/p.csv | /data/p.csv | /data/pxcsv",
                "/ | /anything/at/all | -",
                // Globs over paths.
                "/data/*.csv | /data/run.csv | /data/deep/run.csv",
                "/data/*/raw | /data/p1/raw/run.csv | /data/p1/deep/raw/run.csv",
                "/data/p?/raw | /data/p1/raw | /data/p10/raw",
                "/data/[pq]1 | /data/q1/run | /data/r1/run",
                "/data/{raw,result} | /data/result/run | /data/results/run",
                "/data/\\[p1\\] | /data/[p1]/run | /data/p/run",
                // ** over folders: many, one, or none.
                "/data/**.csv | /data/deep/deeper/run.csv | /data/run.csvx",
                "/data/**/raw | /data/a/b/raw/run | /data/a/b/draw/run",
                "/data/**/raw | /data/raw/run | /dataraw/run",
                "/data/**/a/**/raw | /data/x/a/raw | /data/x/raw",
                "/data/** | /data/run | /database/run",
                "**/raw | /data/x/raw/run | /data/x/raws/run",
                // Names anywhere.
                "patients | /data/x/patients/y/run | /data/x/patients2/run",
                "patients/ | /data/x/patients/y/run | /data/x/patients2/run",
                "./patients | /data/x/patients/y/run | /data/x/patients2/run",
                "` patients ` | /data/x/patients/y/run | /data/x/patients2/run",
                "*.dcm | /data/x/image.dcm | /data/x/image.dcm2",
                "*.dcm | /data/series.dcm/index | /data/seriesdcm/index",
                "p??.csv | /data/p01.csv | /data/p1.csv",
                "{p,q}-*.csv | /data/q-.csv | /data/r-1.csv",
                // More than a name, and no absolute path: wherever it is.
                "x/patients | /data/x/patients/run | /data/xx/patients/run",
                "x/patients | /x/patients/run | /x/y/patients/run",
                // Case.
                "/Data/PATIENTS | /dATA/patients/run | /data/patientss/run",
                "*.CSV | /data/run.csv | /data/run.csw",
                "*.csv | /data/RUN.CSV | /data/RUN.TXT",
                "STRASSE | /data/straße/x | /data/strase/x",
                "ΣΑΣ* | /data/σασα | /data/σαα",
                // Accents in one character or in two.
                "/data/Äzte | /data/A\u0308zte/run | /data/Azte/run",
                "/data/A\u0308zte | /data/äzte/run | /data/azte/run",
                "pati\u00EBnt* | /data/PATIE\u0308NT1 | /data/patient1",
                "*.\u1E2F | /data/x.\u00CF\u0301 | /data/x.\u00CF",
                "p１ | /data/p1 | /data/p2",
                // What resembles a slash or a colon is a part of a name.
                "*.csv | /data/a／b.csv | /data/a／b.txt",
                "*.csv | /data/℀.csv | /data/℀.txt",
                "*.csv | /data/a：b.csv | /data/a：b.txt",
                // Ends that Windows leaves out.
                "/data/patients | /data/patients./run | /data/patients.x/run",
                "*.csv | /data/run.csv. | /data/run.csv.x",
                "*.csv | `/data/run.csv . ` | `/data/run. csv`",
                "patients. | /data/patients/run | /data/patient/run",
                "*. | /data/run. | /data/run",
                // Both slashes.
                "\\data\\patients | /data/patients/run | /data/patients2/run",
                "\\data\\patients\\ | /data/patients/run | /data/patients2/run",
                "\\data\\*.csv | /data/run.csv | /data/x/run.csv",
                "x\\patients | /data/x/patients/run | /data/xpatients/run",
                "/data\\patients | /data/patients/run | /datapatients2/run",
            })
    void a_mark_takes_what_it_says_and_not_what_lies_beside_it(String mark, String marked, String beside) {
        PatientPaths patient = new PatientPaths(List.of("never-there", mark));

        assertThat(PatientPaths.fault(mark)).isEmpty();
        assertThat(patient.marks(Path.of(marked))).as(mark + " marks " + marked).isTrue();
        if (!beside.equals("-")) {
            assertThat(patient.marks(Path.of(beside)))
                    .as(mark + " does not mark " + beside)
                    .isFalse();
        }
    }

    @Test
    void the_way_to_the_root_counts_too() throws Exception {
        PatientPaths patient = new PatientPaths(List.of("/data/patients", "*.dcm"));

        assertThat(patient.mark(Path.of("/data/patients/p1"), NamePath.parse("logs/run.log")))
                .isTrue();
        assertThat(patient.mark(Path.of("/data/x.dcm"), NamePath.parse("run.log")))
                .isTrue();
        assertThat(patient.mark(Path.of("/data/x/../patients"), NamePath.parse("run.log")))
                .isTrue();
        assertThat(patient.mark(Path.of("/data"), NamePath.parse("logs/run.log")))
                .isFalse();
        assertThat(new PatientPaths(List.of()).mark(Path.of("/data"), NamePath.parse("x")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "[", "/data/{a", "/data/../patients", "..", "a\\[b\\"})
    void what_marks_nothing_is_told(String mark) {
        assertThat(PatientPaths.fault(mark)).isPresent();
    }
}
