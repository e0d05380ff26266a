// A Sparkplug B edge node: node sparkplug_node.mjs PORT. Publishes its birth, then a counter by alias every 50 ms; is born again on request.
import mqtt from 'mqtt';
import { createRequire } from 'node:module';

const spb = createRequire(import.meta.url)('sparkplug-payload').get('spBv1.0');
const port = Number(process.argv[2]);
const base = 'spBv1.0/plant';
const bdSeq = { name: 'bdSeq', type: 'UInt64', value: 0 };
const encode = (payload) => Buffer.from(spb.encodePayload({ timestamp: Date.now(), ...payload }));
const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
  reconnectPeriod: 0,
  will: { topic: `${base}/NDEATH/edge`, payload: encode({ metrics: [bdSeq] }), qos: 1 },
});
let seq = 0;
let count = 0;
const next = () => (seq = (seq + 1) % 256);

function birth() {
  seq = 0;
  client.publish(`${base}/NBIRTH/edge`, encode({ seq, metrics: [bdSeq, { name: 'Node Control/Rebirth', type: 'Boolean', value: false }] }));
  client.publish(`${base}/DBIRTH/edge/press`, encode({
    seq: next(),
    metrics: [
      { name: 'Counters/Strokes', alias: 1, type: 'UInt64', value: count },
      { name: 'Name', alias: 2, type: 'String', value: 'press-07' },
      { name: 'Steady', alias: 3, type: 'Double', value: 1.5 },
    ],
  }));
}

await client.subscribeAsync(`${base}/NCMD/edge`, { qos: 1 });
client.on('message', (topic, payload) => {
  if (spb.decodePayload(payload).metrics.some((metric) => metric.name === 'Node Control/Rebirth' && metric.value === true)) {
    birth();
    console.log('born again');
  }
});
birth();
console.log('born');
setInterval(() => {
  client.publish(`${base}/DDATA/edge/press`, encode({ seq: next(), metrics: [{ alias: 1, type: 'UInt64', value: ++count }] }));
}, 50);
