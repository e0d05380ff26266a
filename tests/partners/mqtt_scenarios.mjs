// Scenarios that the npm client "mqtt" plays against a broker. Usage: node mqtt_scenarios.mjs PORT VERSION SCENARIO
// Prints "passed SCENARIO" and ends with 0, or prints what was wrong and ends with 1.
import mqtt from 'mqtt';
import assert from 'node:assert/strict';

const [port, version, scenario] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const clients = [];

async function connect(options = {}) {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    protocolVersion: version, reconnectPeriod: 0, connectTimeout: 20000, ...options,
  });
  client.on('error', () => {});
  client.messages = [];
  client.waiters = [];
  client.on('message', (topic, payload, packet) => {
    client.messages.push({ topic, payload: payload.toString(), qos: packet.qos, retain: packet.retain, properties: packet.properties });
    client.waiters.forEach((check) => check());
  });
  client.until = (count) => new Promise((resolve) => {
    const check = () => client.messages.length >= count && resolve(client.messages);
    client.waiters.push(check);
    check();
  });
  clients.push(client);
  return client;
}

// In groups of 50, because this client does not heed the broker's Receive Maximum of 100 by itself.
async function publishAll(client, topic, count, first, qos = 1) {
  for (let start = 0; start < count; start += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, i) => client.publishAsync(topic, String(first + start + i), { qos })));
  }
}

const scenarios = {
  async levels() {
    const subscriber = await connect();
    await subscriber.subscribeAsync('plant/+/temperature', { qos: 2 });
    await subscriber.subscribeAsync('other/#', { qos: 0 });
    const publisher = await connect();
    for (const qos of [0, 1, 2]) {
      await publisher.publishAsync(`plant/${qos}/temperature`, `t${qos}`, { qos });
      await publisher.publishAsync(`other/deep/${qos}`, `o${qos}`, { qos });
      await publisher.publishAsync(`plant/${qos}/pressure`, 'nobody', { qos });
    }
    // A message of level 2 is handed out when its release comes, which one of level 0 sent after it may overtake: the order holds within a level only.
    const got = (await subscriber.until(6)).map((m) => [m.topic, m.payload, m.qos]);
    const ofLevel = (qos) => got.filter((message) => message[2] === qos);
    assert.deepEqual([ofLevel(0), ofLevel(1), ofLevel(2)], [
      [['plant/0/temperature', 't0', 0], ['other/deep/0', 'o0', 0], ['other/deep/1', 'o1', 0], ['other/deep/2', 'o2', 0]],
      [['plant/1/temperature', 't1', 1]],
      [['plant/2/temperature', 't2', 2]],
    ]);
  },

  async exactlyOnce() {
    const subscriber = await connect();
    await subscriber.subscribeAsync('once', { qos: 2 });
    const publisher = await connect();
    const count = 500;
    await publishAll(publisher, 'once', count, 0, 2);
    const got = await subscriber.until(count);
    assert.deepEqual(got.map((m) => Number(m.payload)), Array.from({ length: count }, (_, i) => i));
  },

  async retained() {
    const publisher = await connect();
    await publisher.publishAsync('state/a', 'old', { qos: 1, retain: true });
    await publisher.publishAsync('state/a', 'new', { qos: 1, retain: true });
    await publisher.publishAsync('state/b', 'gone', { qos: 1, retain: true });
    await publisher.publishAsync('state/b', '', { qos: 1, retain: true });
    const subscriber = await connect();
    await subscriber.subscribeAsync('state/#', { qos: 1 });
    await subscriber.until(1);
    await publisher.publishAsync('state/a', 'live', { qos: 1 });
    const got = await subscriber.until(2);
    assert.deepEqual(got.map((m) => [m.payload, m.retain]), [['new', true], ['live', false]]);
  },

  async will() {
    const watcher = await connect();
    await watcher.subscribeAsync('wills/#', { qos: 1 });
    const will = (name) => ({ topic: `wills/${name}`, payload: name, qos: 1, retain: true });
    const polite = await connect({ clientId: 'polite', will: will('polite') });
    await polite.endAsync();
    const rude = await connect({ clientId: 'rude', will: will('rude') });
    rude.stream.destroy();
    const got = await watcher.until(1);
    assert.deepEqual(got.map((m) => m.payload), ['rude']);
  },

  async session() {
    const session = version === 5 ? { clean: false, properties: { sessionExpiryInterval: 600 } } : { clean: false };
    const first = await connect({ clientId: 'sleeper', ...session });
    await first.subscribeAsync('night/#', { qos: 1 });
    await first.endAsync();
    const publisher = await connect();
    for (let i = 0; i < 50; i++) {
      await publisher.publishAsync('night/shift', String(i), { qos: 1 });
    }
    const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { protocolVersion: version, reconnectPeriod: 0, clientId: 'sleeper', ...session });
    clients.push(client);
    const got = [];
    await new Promise((resolve, reject) => {
      client.on('connect', (ack) => ack.sessionPresent || reject(new Error('the session was not present')));
      client.on('message', (_, payload) => got.push(Number(payload.toString())) === 50 && resolve());
    });
    assert.deepEqual(got, Array.from({ length: 50 }, (_, i) => i));
  },

  async shared() {
    const seen = new Set();
    const members = [];
    for (let i = 0; i < 3; i++) {
      const member = await connect({ clientId: `member-${i}` });
      await member.subscribeAsync('$share/hubs/batch/#', { qos: 1 });
      member.on('message', (_, payload) => seen.add(Number(payload.toString())));
      members.push(member);
    }
    const publisher = await connect();
    await publishAll(publisher, 'batch/1', 300, 0);
    while (seen.size < 300) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const shares = members.map((m) => m.messages.length);
    assert.deepEqual(shares, [100, 100, 100]);
    members[1].stream.destroy();
    await publishAll(publisher, 'batch/2', 200, 1000);
    while (seen.size < 500) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  },

  async takeover() {
    const first = await connect({ clientId: 'twin' });
    const gone = new Promise((resolve) => first.on('close', resolve));
    await connect({ clientId: 'twin' });
    await gone;
  },

  async large() {
    const subscriber = await connect();
    await subscriber.subscribeAsync('large', { qos: 1 });
    const publisher = await connect();
    const payload = 'x'.repeat(3_000_000);
    await publisher.publishAsync('large', payload, { qos: 1 });
    const [message] = await subscriber.until(1);
    assert.equal(message.payload.length, payload.length);
  },

  async properties() {
    const subscriber = await connect();
    await subscriber.subscribeAsync('props', { qos: 1, properties: { subscriptionIdentifier: 7 } });
    const publisher = await connect();
    await publisher.publishAsync('props', 'p', {
      qos: 1,
      properties: {
        contentType: 'text/plain', responseTopic: 'answers', correlationData: Buffer.from('c1'), messageExpiryInterval: 60,
        payloadFormatIndicator: true, userProperties: { site: 'a', line: ['1', '2'] },
      },
    });
    const [{ properties }] = await subscriber.until(1);
    assert.equal(properties.contentType, 'text/plain');
    assert.equal(properties.responseTopic, 'answers');
    assert.equal(properties.correlationData.toString(), 'c1');
    assert.equal(properties.subscriptionIdentifier, 7);
    assert.ok(properties.messageExpiryInterval > 55 && properties.messageExpiryInterval <= 60);
    assert.deepEqual({ ...properties.userProperties }, { site: 'a', line: ['1', '2'] });
  },
};

try {
  await scenarios[scenario]();
  console.log(`passed ${scenario}`);
  process.exitCode = 0;
} catch (failure) {
  console.log(`failed ${scenario}: ${failure.stack}`);
  process.exitCode = 1;
}
clients.forEach((client) => client.end(true));
