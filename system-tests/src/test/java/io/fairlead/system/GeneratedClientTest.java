package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.xml.datatype.DatatypeFactory;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.jaxws.endpoint.dynamic.JaxWsDynamicClientFactory;
import org.apache.cxf.transport.http.HTTPConduit;
import org.junit.jupiter.api.Test;

/** Whoever knows only the served WSDL can report and poll. */
class GeneratedClientTest {
    @Test
    void a_client_that_cxf_makes_from_the_served_wsdl_reports_and_polls() throws Exception {
        try (Folder folder = Folder.make("generated");
                Server server = Server.start(folder.path())) {
            TestDevice device = TestDevice.enrol(
                    server.enrolment("generated-1"), folder.path().resolve("identity"));
            SSLContext tls = RawClient.context(device.identity(), true);
            Path wsdl = download(server, folder.path(), tls);

            Client client = JaxWsDynamicClientFactory.newInstance()
                    .createClient(wsdl.toUri().toURL());
            HTTPConduit conduit = (HTTPConduit) client.getConduit();
            TLSClientParameters parameters = new TLSClientParameters();
            parameters.setSslContext(tls);
            parameters.setCipherSuites(List.of("TLS_AES_256_GCM_SHA384"));
            conduit.setTlsClientParameters(parameters);
            Object now = DatatypeFactory.newInstance()
                    .newXMLGregorianCalendar(Instant.now().toString());

            Object[] reported = client.invoke("Report", device.id(), device.epoch(), now, 0L, null, null);
            Object[] polled = client.invoke("Poll", device.id(), 0, 0L, null, "generated", 0L, true);

            assertThat(reported).contains(device.epoch(), 0L);
            assertThat(polled)
                    .anySatisfy(each -> assertThat(String.valueOf(each)).matches("[0-9a-f]{32}"));
            client.destroy();
        }
    }

    private static Path download(Server server, Path folder, SSLContext tls) throws Exception {
        String base = "https://localhost:" + server.peoplePort();
        HttpClient browser = HttpClient.newBuilder().sslContext(tls).build();
        for (String page : List.of("/agent?wsdl", "/agent-channel.xsd")) {
            HttpResponse<String> answer = browser.send(
                    HttpRequest.newBuilder(URI.create(base + page)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            Files.writeString(
                    folder.resolve(page.equals("/agent?wsdl") ? "agent.wsdl" : "agent-channel.xsd"), answer.body());
        }
        assertThat(Files.readString(folder.resolve("agent.wsdl")))
                .contains("https://localhost:" + server.agentsPort() + "/agent");
        return folder.resolve("agent.wsdl");
    }
}
