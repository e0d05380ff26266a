// A Sparkplug B host application: node sparkplug_host.mjs PORT HOST_ID. Tells its state, prints each message as a line of JSON, and asks for one
// rebirth when a device has been born.
import mqtt from 'mqtt';
import { createRequire } from 'node:module';

const spb = createRequire(import.meta.url)('sparkplug-payload').get('spBv1.0');
const [port, id] = process.argv.slice(2);
const topic = `spBv1.0/STATE/${id}`;
let timestamp = Date.now();
const state = (online) => JSON.stringify({ online, timestamp });
const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
  reconnectPeriod: 200,
  will: { topic, payload: state(false), qos: 1, retain: true },
});
client.on('connect', () => {
  client.subscribe(['spBv1.0/+/+/+', 'spBv1.0/+/+/+/+'], { qos: 1 }, () => client.publish(topic, state(true), { qos: 1, retain: true }));
});
client.on('error', () => {});
const plain = (value) => (value === null || value === undefined ? null
  : typeof value === 'object' && 'toNumber' in value ? value.toString()
    : value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value);
let asked = false;
client.on('message', (name, payload) => {
  const [, group, kind, node, device] = name.split('/');
  if (kind === 'STATE' || kind === 'NCMD') return;
  const message = spb.decodePayload(payload);
  console.log(JSON.stringify({
    kind, group, node, device, seq: plain(message.seq), timestamp: plain(message.timestamp),
    metrics: (message.metrics ?? []).map((metric) => ({
      name: metric.name, alias: plain(metric.alias), type: metric.type, value: plain(metric.value), isNull: metric.isNull, isHistorical: metric.isHistorical,
      properties: metric.properties && Object.fromEntries(Object.entries(metric.properties).map(([key, property]) => [key, plain(property.value)])),
    })),
  }));
  if (kind === 'DBIRTH' && !asked) {
    asked = true;
    client.publish(`spBv1.0/${group}/NCMD/${node}`, Buffer.from(spb.encodePayload({
      timestamp: Date.now(), metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: true }],
    })), { qos: 0 });
  }
});
