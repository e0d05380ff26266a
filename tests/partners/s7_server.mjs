// A Siemens controller by snap7 (npm's node-snap7): data block 10, data block 11 with 8 bytes only, flags, inputs and outputs.
// usage: node s7_server.mjs PORT CONTROL_PORT [PDU_BYTES]      Prints "ready". On the control port, over HTTP:
//   GET /set/AREA/BLOCK/START/HEX    writes bytes (AREA: DB, M, I, Q; BLOCK 0 but for DB)
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const snap7 = createRequire(import.meta.url)('node-snap7');
const [port, controlPort, pduBytes] = process.argv.slice(2).map(Number);
const server = new snap7.S7Server();
server.SetParam(server.LocalPort, port);
if (pduBytes) server.SetParam(server.PDURequest, pduBytes);

const areas = new Map();
function register(name, area, block, size) {
  const bytes = Buffer.alloc(size);
  const index = name === 'DB' ? [block] : [];
  if (!server.RegisterArea(area, ...index, bytes)) throw new Error(`area ${name}${block}: ${server.ErrorText(server.LastError())}`);
  areas.set(`${name}${block}`, { area, index, bytes });
}
register('DB', server.srvAreaDB, 10, 4096);
register('DB', server.srvAreaDB, 11, 8);
register('M', server.srvAreaMK, 0, 256);
register('I', server.srvAreaPE, 0, 128);
register('Q', server.srvAreaPA, 0, 128);

const control = createServer((request, response) => {
  const [, verb, name, block, start, hex] = request.url.split('/');
  const to = verb === 'set' ? areas.get(`${name}${block}`) : undefined;
  if (to) {
    Buffer.from(hex, 'hex').copy(to.bytes, Number(start));
    server.SetArea(to.area, ...to.index, to.bytes);
  }
  response.writeHead(to ? 200 : 404).end();
});
if (!server.StartTo('127.0.0.1')) {
  console.log(`cannot listen: ${server.ErrorText(server.LastError())}`);
  process.exit(1);
}
control.listen(controlPort, '127.0.0.1', () => console.log('ready'));
