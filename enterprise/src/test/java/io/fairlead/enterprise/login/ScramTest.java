package io.fairlead.enterprise.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {
    private static final String FIRST = "n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String CHALLENGE =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String FINAL =
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    /** Of the RFC's password; its 4096 iterations are fewer than are ever taken here. */
    private static PasswordKeys pencil() {
        byte[] salted = PasswordKeys.salted(
                "pencil".toCharArray(), Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
        return new PasswordKeys(
                Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="),
                PasswordKeys.ITERATIONS,
                ScramFunctions.storedKey(
                        ScramMechanism.SCRAM_SHA_256, ScramFunctions.clientKey(ScramMechanism.SCRAM_SHA_256, salted)),
                ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, salted));
    }

    @Test
    void the_exchange_of_rfc_7677_ends_as_it_says() {
        assertThat(Scram.answer(FIRST, CHALLENGE, FINAL, pencil()))
                .contains("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void pbkdf2_is_that_of_rfc_7914() {
        byte[] derived = PasswordKeys.salted(
                "Password".toCharArray(), "NaCl".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 80_000);

        assertThat(HexFormat.of().formatHex(derived))
                .isEqualTo("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the nonce cut, another nonce, only the client's
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                // binding is not spoken
                "c=eSws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                // the proof: wrong, short, empty, none
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7And",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                "",
                "p=,c=,r="
            })
    void any_other_answer_is_none(String message) {
        assertThat(Scram.answer(FIRST, CHALLENGE, message, pencil())).isEmpty();
    }

    @Test
    void a_proof_for_another_exchange_is_none() {
        assertThat(Scram.answer("n=other,r=rOprNGfwEbeRWgbNEkqO", CHALLENGE, FINAL, pencil()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n,,n=user,r=", // no nonce
                "n,,n=user,r=short",
                "n,,n=,r=rOprNGfwEbeRWgbNEkqO",
                "n,a=admin,n=user,r=rOprNGfwEbeRWgbNEkqO", // for somebody else
                "y,,n=user,r=rOprNGfwEbeRWgbNEkqO", // thinks that we cannot bind
                "p=tls-server-end-point,,n=user,r=rOprNGfwEbeRWgbNEkqO",
                "n,,m=ext,n=user,r=rOprNGfwEbeRWgbNEkqO", // an extension that must be understood
                "n,,n=us=er,r=rOprNGfwEbeRWgbNEkqO",
                "n,,n=user,r=rOprNGfwEbeRWgbNEkqO,x=1",
                ""
            })
    void what_is_not_spoken_is_no_first_message(String message) {
        assertThat(Scram.First.parse(message)).isEmpty();
    }

    @Test
    void commas_and_equals_signs_in_names_come_through() {
        assertThat(Scram.First.parse("n,,n=a=2Cb=3D2C,r=rOprNGfwEbeRWgbNEkqO"))
                .get()
                .extracting(Scram.First::name)
                .isEqualTo("a,b=2C");
    }
}
