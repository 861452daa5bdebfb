// Fairlead allowlist 2026112201, issued 2026-11-22T08:00:00Z: Example Diagnostics remote service.
// This file only adds: it takes nothing away and changes nothing that is not its own.
// Paste it into your PAC file, and ask it where you decide, for instance:
//   function FindProxyForURL(url, host) {
//     if (isFairlead(url, host)) { return "PROXY proxy.hospital.example:3128"; }
//     ...
//   }
// It decides nothing by itself, and asks no name server. Take it back: remove the function and its call.

// Where a connection comes from is not looked at.
// agents.service.example, TCP 443 17001 17002, required: Status and files
//   nothing needs 17001 17002
// lost.service.example, TCP 443, required: Status and files
// new.service.example, UDP 123, optional, from 2026-12-01, until 2027-06-30: Time, .from. us . others
//   Do not inspect
//   .1+1
//   a proxy carries no UDP: not in the function
// 203.0.113.0/24, TCP 443, required: Status and files
// 2001:db8::/48, TCP 443 8443, required: Status and files
//   networks of IPv6 cannot be told here: not in the function
function isFairlead(url, host) {
  var hosts = {
    "agents.service.example": " 443 17001 17002 ",
    "lost.service.example": " 443 "
  };
  var networks = [
    ["203.0.113.0", "255.255.255.0", " 443 "]
  ];
  var parts = /^(http|https|ws|wss):\/\/([^\/?#]*@)?(\[[^\]]*\]|[^:\/?#]*)(:([0-9]+))?([\/?#]|$)/i.exec(url);
  if (!parts) { return false; }
  var port = parts[5] ? String(Number(parts[5])) : (/^(http|ws)$/i.test(parts[1]) ? "80" : "443");
  var name = String(host).toLowerCase().replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (Object.prototype.hasOwnProperty.call(hosts, name)) {
    if (hosts[name].indexOf(" " + port + " ") >= 0) { return true; }
  }
  if (/^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$/.test(name)) {
    for (var i = 0; i < networks.length; i++) {
      if (isInNet(name, networks[i][0], networks[i][1]) && networks[i][2].indexOf(" " + port + " ") >= 0) {
        return true;
      }
    }
  }
  return false;
}
