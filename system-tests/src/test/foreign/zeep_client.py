"""A system that calls Fairlead with zeep, as its manual says it. What it did goes out as one line of JSON."""

import json
import os

import requests
import zeep

environment = os.environ
url = environment["FAIRLEAD_URL"]
version = environment["FAIRLEAD_SOAP"]
known = environment["FAIRLEAD_DEVICE"]
made = environment["FAIRLEAD_NEW"]

session = requests.Session()
session.trust_env = False
session.verify = environment["FAIRLEAD_CA"]
session.auth = (environment["FAIRLEAD_NAME"], environment["FAIRLEAD_PASSWORD"])


def service(kind):
    """The operations of a service at the port of this SOAP version."""
    transport = zeep.Transport(session=session, timeout=60, operation_timeout=60)
    client = zeep.Client(f"{url}/services/v1/{kind}Service?wsdl", transport=transport)
    return client.bind(f"{kind}Service", f"{kind}Soap{version}")


done = {}
devices = service("Device")
page = devices.Find(criteria={"text": known, "state": ["online", "late", "never", "missing"]})
done["found"] = [one.id for one in page.devices.device]
done["total"] = page.totalCount
device = {"ref": "a", "id": made, "customer": "Test hospital", "site": "Räume & <Höfe>", "region": "eu"}
device.update(model="Tester 1", serialNumber="4711")
done["created"] = [one.id for one in devices.Create(device=[device]).succeeded.success]
change = [{"id": made, "version": 1, "site": "Annex"}]
done["updated"] = devices.Update(device=change).succeeded.success[0].version
done["conflict"] = devices.Update(device=change).failures.failure[0].code
done["site"] = devices.FindById(id=made).site
content = ("ä" * 50_000).encode()
# zeep reads MTOM and does not write it: the bytes stand in the envelope.
file = {"device": known, "name": environment["FAIRLEAD_FILE"], "reason": "New method", "size": len(content)}
transfer = service("File").Upload(file={**file, "content": content})
done.update(sha256=transfer.sha256, size=transfer.size)
alarms = service("Alarm")
alarm = alarms.Find(criteria={"device": known, "code": environment["FAIRLEAD_ALARM"]}).alarms.alarm[0]
done["acknowledged"] = alarms.Acknowledge(alarm=[{"id": alarm.id, "comment": "Seen"}]).successful
try:
    devices.FindById(id="nobody")
except zeep.exceptions.Fault as refused:
    told = {each.tag.split("}")[1]: each.text for each in refused.detail.iter() if each.tag.startswith("{urn:fairlead")}
    done.update(fault=told["code"], correlation=told["correlation"])
print(json.dumps(done))
