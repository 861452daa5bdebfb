// A system that calls Fairlead with node-soap, as its manual says it. What it did goes out as one line of JSON.
import soap from 'soap';

const { FAIRLEAD_URL: url, FAIRLEAD_NAME: name, FAIRLEAD_PASSWORD: password, FAIRLEAD_SOAP: version } = process.env;
const { FAIRLEAD_DEVICE: known, FAIRLEAD_NEW: made, FAIRLEAD_ALARM: code, FAIRLEAD_FILE: file } = process.env;
const basic = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
const list = (one) => (one === undefined || one === null ? [] : [one].flat());

/** The operations of a service at the port of this SOAP version. */
async function open(kind) {
  const client = await soap.createClientAsync(`${url}/services/v1/${kind}Service?wsdl`, {
    wsdl_headers: { Authorization: basic },
    forceSoap12Headers: version === '12',
  });
  client.setSecurity(new soap.BasicAuthSecurity(name, password));
  const port = client[`${kind}Service`][`${kind}Soap${version}`];
  return (operation, message, options) =>
    new Promise((good, bad) => {
      port[operation](message, (error, result) => (error ? bad(error) : good(result)), options);
    });
}

/** node-soap packs as MTOM only what is SOAP 1.1: it says start-info="text/xml" whatever the version. */
function upload(files, bytes) {
  const rest = { device: known, name: file, reason: 'New method', size: bytes.length };
  if (version === '12') return files('Upload', { file: { ...rest, content: bytes.toString('base64') } });
  const include = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:bytes@client"/>';
  const attachment = { mimetype: 'application/octet-stream', contentId: 'bytes@client', name: 'x', body: bytes };
  const options = { forceMTOM: true, attachments: [attachment] };
  return files('Upload', { file: { ...rest, content: { $xml: include } } }, options);
}

const done = {};
const devices = await open('Device');
const found = await devices('Find', { criteria: { text: known, state: ['online', 'late', 'never', 'missing'] } });
done.found = list(found.page.devices.device).map((one) => one.id);
// node-soap leaves xs:long as text.
done.total = Number(found.page.totalCount);
const device = { ref: 'a', id: made, customer: 'Test hospital', site: 'Räume & <Höfe>', region: 'eu', model: 'Tester 1' };
const created = await devices('Create', { device: [{ ...device, serialNumber: '4711' }] });
done.created = list(created.result.succeeded.success).map((one) => one.id);
const change = { device: [{ id: made, version: 1, site: 'Annex' }] };
done.updated = Number(list((await devices('Update', change)).result.succeeded.success)[0].version);
done.conflict = list((await devices('Update', change)).result.failures.failure)[0].code;
done.site = (await devices('FindById', { id: made })).device.site;
const { transfer } = await upload(await open('File'), Buffer.from('ä'.repeat(50_000)));
Object.assign(done, { sha256: transfer.sha256, size: Number(transfer.size) });
const alarms = await open('Alarm');
const alarm = list((await alarms('Find', { criteria: { device: known, code } })).page.alarms.alarm)[0];
const acknowledged = await alarms('Acknowledge', { alarm: [{ id: alarm.id, comment: 'Seen' }] });
done.acknowledged = acknowledged.result.successful;
try {
  await devices('FindById', { id: 'nobody' });
} catch (refused) {
  const fault = refused.root.Envelope.Body.Fault;
  const told = (fault.detail ?? fault.Detail).FairleadFault;
  Object.assign(done, { fault: told.code, correlation: told.correlation });
}
console.log(JSON.stringify(done));
