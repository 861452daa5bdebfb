package io.fairlead.system;

import io.fairlead.contract.integration.alarm.Acknowledgement;
import io.fairlead.contract.integration.alarm.AlarmCriteria;
import io.fairlead.contract.integration.alarm.AlarmPort;
import io.fairlead.contract.integration.alarm.AlarmService;
import io.fairlead.contract.integration.common.FairleadFault;
import io.fairlead.contract.integration.device.DeviceCriteria;
import io.fairlead.contract.integration.device.DevicePort;
import io.fairlead.contract.integration.device.DeviceService;
import io.fairlead.contract.integration.device.DeviceState;
import io.fairlead.contract.integration.device.DeviceUpdate;
import io.fairlead.contract.integration.device.FairleadFaultException;
import io.fairlead.contract.integration.device.NewDevice;
import io.fairlead.contract.integration.file.FilePort;
import io.fairlead.contract.integration.file.FileService;
import io.fairlead.contract.integration.file.NewFile;
import io.fairlead.contract.integration.file.Transfer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.activation.DataHandler;
import jakarta.xml.ws.soap.MTOMFeature;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.attachment.ByteDataSource;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.configuration.security.AuthorizationPolicy;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transport.http.HTTPConduitConfigurer;

/** A system that calls Fairlead with CXF and the classes that its generator made, from the served WSDLs. */
final class CxfClient implements AutoCloseable {
    private final Map<String, String> said;
    private final boolean twelve;
    private final Bus before = BusFactory.getThreadDefaultBus(false);
    private final Bus bus = BusFactory.newInstance().createBus();

    CxfClient(Map<String, String> said, SSLContext tls) {
        this.said = said;
        this.twelve = said.get("FAIRLEAD_SOAP").equals("12");
        // Also for the WSDLs and what they import.
        bus.setExtension((name, address, conduit) -> configure(conduit, tls), HTTPConduitConfigurer.class);
        // SOAP 1.2 answers what its sender did wrong with 400 (Part 2, section 7.5.2.2); CXF reads such faults only so.
        bus.setProperty(HTTPConduit.NO_IO_EXCEPTIONS, true);
        BusFactory.setThreadDefaultBus(bus);
    }

    private void configure(HTTPConduit conduit, SSLContext tls) {
        TLSClientParameters parameters = new TLSClientParameters();
        parameters.setSslContext(tls);
        conduit.setTlsClientParameters(parameters);
        AuthorizationPolicy basic = new AuthorizationPolicy();
        basic.setAuthorizationType("Basic");
        basic.setUserName(said.get("FAIRLEAD_NAME"));
        basic.setPassword(said.get("FAIRLEAD_PASSWORD"));
        conduit.setAuthorization(basic);
    }

    JsonObject run() throws Exception {
        JsonObject done = new JsonObject();
        DeviceService service = new DeviceService(wsdl("Device"));
        DevicePort devices = twelve ? service.getDeviceSoap12() : service.getDeviceSoap11();
        find(devices, done);
        change(devices, done);
        upload(done);
        acknowledge(done);
        try {
            throw new AssertionError(devices.findById("nobody").getId());
        } catch (FairleadFaultException refused) {
            FairleadFault told = refused.getFaultInfo();
            return done.put("fault", told.getCode()).put("correlation", told.getCorrelation());
        }
    }

    private URL wsdl(String kind) throws Exception {
        return new URL(said.get("FAIRLEAD_URL") + "/services/v1/" + kind + "Service?wsdl");
    }

    private void find(DevicePort devices, JsonObject done) throws Exception {
        DeviceCriteria criteria = new DeviceCriteria();
        criteria.setText(said.get("FAIRLEAD_DEVICE"));
        criteria.getState()
                .addAll(List.of(DeviceState.ONLINE, DeviceState.LATE, DeviceState.NEVER, DeviceState.MISSING));
        var page = devices.find(criteria);
        JsonArray found = new JsonArray();
        page.getDevices().getDevice().forEach(one -> found.add(one.getId()));
        done.put("found", found).put("total", page.getTotalCount());
    }

    private void change(DevicePort devices, JsonObject done) throws Exception {
        NewDevice device = new NewDevice();
        device.setRef("a");
        device.setId(said.get("FAIRLEAD_NEW"));
        device.setCustomer("Test hospital");
        device.setSite("Räume & <Höfe>");
        device.setRegion("eu");
        device.setModel("Tester 1");
        device.setSerialNumber("4711");
        JsonArray created = new JsonArray();
        devices.create(List.of(device)).getSucceeded().getSuccess().forEach(one -> created.add(one.getId()));
        DeviceUpdate change = new DeviceUpdate();
        change.setId(device.getId());
        change.setVersion(1);
        change.setSite("Annex");
        done.put("created", created)
                .put(
                        "updated",
                        devices.update(List.of(change))
                                .getSucceeded()
                                .getSuccess()
                                .get(0)
                                .getVersion())
                .put(
                        "conflict",
                        devices.update(List.of(change))
                                .getFailures()
                                .getFailure()
                                .get(0)
                                .getCode())
                .put("site", devices.findById(device.getId()).getSite());
    }

    private void upload(JsonObject done) throws Exception {
        byte[] bytes = "ä".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        NewFile file = new NewFile();
        file.setDevice(said.get("FAIRLEAD_DEVICE"));
        file.setName(said.get("FAIRLEAD_FILE"));
        file.setReason("New method");
        file.setSize(bytes.length);
        file.setContent(new DataHandler(new ByteDataSource(bytes, "application/octet-stream")));
        FileService service = new FileService(wsdl("File"));
        MTOMFeature mtom = new MTOMFeature();
        FilePort files = twelve ? service.getFileSoap12(mtom) : service.getFileSoap11(mtom);
        Transfer transfer = files.upload(file);
        done.put("sha256", transfer.getSha256()).put("size", transfer.getSize());
    }

    private void acknowledge(JsonObject done) throws Exception {
        AlarmService service = new AlarmService(wsdl("Alarm"));
        AlarmPort alarms = twelve ? service.getAlarmSoap12() : service.getAlarmSoap11();
        AlarmCriteria criteria = new AlarmCriteria();
        criteria.setDevice(said.get("FAIRLEAD_DEVICE"));
        criteria.setCode(said.get("FAIRLEAD_ALARM"));
        Acknowledgement seen = new Acknowledgement();
        seen.setId(alarms.find(criteria).getAlarms().getAlarm().get(0).getId());
        seen.setComment("Seen");
        done.put("acknowledged", alarms.acknowledge(List.of(seen)).isSuccessful());
    }

    @Override
    public void close() {
        BusFactory.setThreadDefaultBus(before);
        bus.shutdown(true);
    }
}
