package io.fairlead.contract.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.wsdl.Definition;
import javax.wsdl.WSDLException;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.tools.common.ToolContext;
import org.apache.cxf.tools.validator.internal.WSDL11Validator;
import org.apache.cxf.tools.validator.internal.WSIBPValidator;
import org.apache.cxf.wsdl.WSDLManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contracts by the rules of the WS-I Basic Profile, as CXF's validator knows them. */
class WsiTest {
    private static final Bus BUS = BusFactory.newInstance().createBus();

    @AfterAll
    static void end() {
        BUS.shutdown(true);
    }

    static Stream<Path> wsdls() throws IOException {
        return WsdlFolder.files(".wsdl").stream();
    }

    private static Definition read(Path wsdl) throws WSDLException {
        return BUS.getExtension(WSDLManager.class).getDefinition(wsdl.toUri().toString());
    }

    private static String wrong(Definition definition) {
        WSIBPValidator profile = new WSIBPValidator(definition);
        return profile.isValid() ? "" : profile.getErrorMessage();
    }

    @ParameterizedTest
    @MethodSource("wsdls")
    void a_contract_keeps_to_the_basic_profile_and_is_valid_with_its_schemas(Path wsdl) throws WSDLException {
        Definition definition = read(wsdl);
        assertThat(wrong(definition)).isEmpty();
        ToolContext context = new ToolContext();
        context.put("wsdlurl", wsdl.toUri().toString());
        WSDL11Validator validator = new WSDL11Validator(definition, context, BUS);
        assertThat(validator.isValid()).as(validator.getErrorMessage()).isTrue();
    }

    @Test
    void the_validator_finds_what_the_profile_forbids(@TempDir Path folder) throws Exception {
        for (Path file : WsdlFolder.files("")) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        Path wsdl = folder.resolve("DeviceService.wsdl");
        // R2204: a part of a document-literal message is an element.
        String typed = Files.readString(wsdl).replace("element=\"t:FindById\"", "type=\"xs:string\"");
        Files.writeString(wsdl, typed);
        assertThat(wrong(read(wsdl))).contains("element attribute");
    }
}
