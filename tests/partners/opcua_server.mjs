// An OPC UA server by npm's node-opcua, for interoperability tests.
//
// usage: node opcua_server.mjs '{"port":48400,"store":"/tmp/pki", …}'        (every setting of `defaults` below)
// Prints "ready PORT CONTROLPORT" when it accepts connections. The control port takes `POST /NAME` with a JSON body for each
// of `commands` below and answers with JSON, so that a test changes values and misbehaves while connections stand.
//
// Address space, in namespace urn:edgeagent:partner (number 2 unless "namespacesBefore" shifts it):
//   s=Scalar.TYPE, s=Array.TYPE, s=Matrix.TYPE    one for each built-in type; see `scalars`
//   s=Counter.0 … s=Counter.N-1                   Int32, plus one every changeIntervalMs ("counters" of them)
//   i=100000 … (folder s=Many)                    "many" static nodes holding their number
//   s=History.0 …                                 Double with "history" past values, one a second, the last at the start
import http from 'node:http';
import path from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { LocalizedText, QualifiedName, makeAccessLevelFlag } from 'node-opcua-data-model';
import { coerceExpandedNodeId, coerceNodeId } from 'node-opcua-nodeid';
import { nodesets } from 'node-opcua-nodesets';
import { MessageSecurityMode, SecurityPolicy } from 'node-opcua-secure-channel';
import { OPCUAServer } from 'node-opcua-server';
import { StatusCodes } from 'node-opcua-status-code';
import { DataType, Variant, VariantArrayType } from 'node-opcua-variant';

const defaults = {
  port: 0, store: '/tmp/edgeagent-partner-pki', applicationUri: 'urn:edgeagent:partner-server', hostname: '127.0.0.1', advertised: null,
  policies: ['None', 'Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'], modes: ['None', 'Sign', 'SignAndEncrypt'],
  acceptClients: true, anonymous: true, users: {}, acceptUserCertificates: true,
  tokenLifetimeMs: 600000, sessionsMax: 100, queueSizeMax: 50000,
  counters: 10, changeIntervalMs: 100, many: 0, history: 0, namespacesBefore: 0, limits: {},
};
const settings = { ...defaults, ...JSON.parse(process.argv[2] ?? '{}') };

// What a value of each built-in type is, and two more for arrays.
const scalars = {
  Boolean: [true, false, true], SByte: [-8, 127, -128], Byte: [8, 0, 255], Int16: [-1600, 32767, -32768], UInt16: [1600, 0, 65535],
  Int32: [-320000, 2147483647, -2147483648], UInt32: [320000, 0, 4294967295],
  Int64: [[0xFFFFFFFF, 0xFFFFFF9C], [0x7FFFFFFF, 0xFFFFFFFF], [0x80000000, 0]], UInt64: [[1, 2], [0, 0], [0xFFFFFFFF, 0xFFFFFFFF]],
  Float: [1.5, -0.25, 3.4e38], Double: [Math.PI, -1e300, 5e-324], String: ['压力机 Press', '', null],
  DateTime: [new Date('2026-03-04T05:06:07.089Z'), new Date('1999-12-31T23:59:59.999Z'), new Date('2038-01-19T03:14:08Z')],
  Guid: ['72962B91-FA75-4AE6-8D28-B404DC7DAF63', '00000000-0000-0000-0000-000000000000', 'FFFFFFFF-0000-0000-0000-000000000001'],
  ByteString: [Buffer.from([1, 2, 3, 255]), Buffer.alloc(0), Buffer.from('x')], XmlElement: ['<a>1</a>', '<b/>', ''],
  NodeId: ['ns=2;s=Scalar.Int32', 'i=2258', 'ns=3;g=72962B91-FA75-4AE6-8D28-B404DC7DAF63'].map((t) => coerceNodeId(t)),
  ExpandedNodeId: ['ns=2;s=A', 'i=85', 'ns=1;i=70000'].map((t) => coerceExpandedNodeId(t)),
  StatusCode: [StatusCodes.BadNodeIdUnknown, StatusCodes.Good, StatusCodes.UncertainInitialValue],
  QualifiedName: [[2, '名称'], [0, 'Server'], [1, 'x']].map(([namespaceIndex, name]) => new QualifiedName({ namespaceIndex, name })),
  LocalizedText: [['zh-CN', '温度'], ['en', 'Temperature'], ['de', 'keine']].map(([locale, text]) => new LocalizedText({ locale, text })),
};

function manager(name, accept) {
  return new OPCUACertificateManager({ rootFolder: path.join(settings.store, name), automaticallyAcceptUnknownCertificate: accept, disableFileWatchers: true });
}

const serverCertificateManager = manager('server', settings.acceptClients);
const userCertificateManager = manager('users', settings.acceptUserCertificates);
await serverCertificateManager.initialize();
await userCertificateManager.initialize();

const server = new OPCUAServer({
  port: settings.port,
  host: '127.0.0.1',
  hostname: settings.hostname,
  advertisedEndpoints: settings.advertised ?? undefined,
  serverInfo: { applicationUri: settings.applicationUri, productUri: 'urn:edgeagent:partner', applicationName: { text: 'Partner', locale: 'en' } },
  securityPolicies: settings.policies.map((name) => SecurityPolicy[name]),
  securityModes: settings.modes.map((name) => MessageSecurityMode[name]),
  allowAnonymous: settings.anonymous,
  userManager: { isValidUser: (user, password) => settings.users[user] !== undefined && settings.users[user] === password },
  serverCertificateManager,
  userCertificateManager,
  defaultSecureTokenLifetime: settings.tokenLifetimeMs,
  maxConnectionsPerEndpoint: settings.sessionsMax + 10,
  allowAnonymousSubscriptionTransferOnUnsecuredChannel: true,
  serverCapabilities: { maxSessions: settings.sessionsMax, maxMonitoredItemsQueueSize: settings.queueSizeMax, maxSubscriptions: 1000, maxSubscriptionsPerSession: 100,
    maxMonitoredItems: 1000000, maxMonitoredItemsPerSubscription: 500000, operationLimits: settings.limits },
  nodesets: [nodesets.standard],
  isAuditing: false,
});
await server.initialize();

const space = server.engine.addressSpace;
for (let i = 0; i < settings.namespacesBefore; i++) {
  space.registerNamespace(`urn:edgeagent:before:${i}`);
}
const ns = space.registerNamespace('urn:edgeagent:partner');
const root = ns.addObject({ browseName: 'Partner', nodeId: 's=Partner', organizedBy: space.rootFolder.objects });

function addVariable(parent, name, dataType, variant, more = {}) {
  const rank = variant.arrayType === VariantArrayType.Scalar ? -1 : variant.arrayType === VariantArrayType.Matrix ? 2 : 1;
  const node = ns.addVariable({
    componentOf: parent, browseName: name, nodeId: more.nodeId ?? `s=${name}`, dataType, valueRank: rank,
    arrayDimensions: rank === 2 ? variant.dimensions : rank === 1 ? [0] : undefined, minimumSamplingInterval: 0, ...more.options,
  });
  node.setValueFromSource(variant, StatusCodes.Good, more.time ?? new Date());
  return node;
}

const types = ns.addObject({ browseName: 'Types', nodeId: 's=Types', componentOf: root });
for (const [name, values] of Object.entries(scalars)) {
  const dataType = DataType[name];
  addVariable(types, `Scalar.${name}`, name, new Variant({ dataType, arrayType: VariantArrayType.Scalar, value: values[0] }));
  const typed = { Int32: Int32Array, UInt32: Uint32Array, Int16: Int16Array, UInt16: Uint16Array, SByte: Int8Array, Byte: Uint8Array, Float: Float32Array, Double: Float64Array }[name];
  addVariable(types, `Array.${name}`, name, new Variant({ dataType, arrayType: VariantArrayType.Array, value: typed ? typed.from(values) : values }));
  const cells = [values[0], values[1], values[2], values[2], values[1], values[0]];
  addVariable(types, `Matrix.${name}`, name, new Variant({ dataType, arrayType: VariantArrayType.Matrix, dimensions: [2, 3], value: typed ? typed.from(cells) : cells }));
}

const counting = ns.addObject({ browseName: 'Counters', nodeId: 's=Counters', componentOf: root });
const counters = [];
for (let i = 0; i < settings.counters; i++) {
  counters.push(addVariable(counting, `Counter.${i}`, 'Int32', new Variant({ dataType: DataType.Int32, value: 0 })));
}
let count = 0;
let counter = null;
function startCounting(intervalMs) {
  clearInterval(counter);
  counter = intervalMs > 0 ? setInterval(() => {
    count++;
    const now = new Date();
    for (const node of counters) {
      node.setValueFromSource(new Variant({ dataType: DataType.Int32, value: count }), StatusCodes.Good, now);
    }
  }, intervalMs) : null;
}

if (settings.many > 0) {
  const many = ns.addObject({ browseName: 'Many', nodeId: 's=Many', organizedBy: root });
  for (let i = 0; i < settings.many; i++) {
    addVariable(many, `Node ${i}`, 'Int32', new Variant({ dataType: DataType.Int32, value: i }), { nodeId: `i=${100000 + i}` });
  }
}

if (settings.history > 0) {
  const folder = ns.addObject({ browseName: 'History', nodeId: 's=History', componentOf: root });
  const start = Date.now();
  for (let tag = 0; tag < 2; tag++) {
    const node = addVariable(folder, `History.${tag}`, 'Double', new Variant({ dataType: DataType.Double, value: -1 }), {
      time: new Date(start - (settings.history + 1) * 1000),
      options: { accessLevel: makeAccessLevelFlag('CurrentRead | HistoryRead'), userAccessLevel: makeAccessLevelFlag('CurrentRead | HistoryRead') },
    });
    space.installHistoricalDataNode(node, { maxOnlineValues: settings.history + 100000 });
    for (let i = settings.history; i >= 0; i--) {
      node.setValueFromSource(new Variant({ dataType: DataType.Double, value: settings.history - i }), StatusCodes.Good, new Date(start - i * 1000));
    }
  }
}

// Each takes the JSON of its request and returns the JSON of its answer.
const commands = {
  /** {"node":"s=Counter.0","type":"Int32","value":5,"status":"Good","time":"2026-…"}: sets one value. */
  set({ node, type, value, status = 'Good', time }) {
    const target = space.findNode(coerceNodeId(`ns=${ns.index};${node}`));
    const raw = type === 'DateTime' ? new Date(value) : value;
    target.setValueFromSource(new Variant({ dataType: DataType[type], value: raw }), StatusCodes[status], time ? new Date(time) : new Date());
    return {};
  },
  /** {"intervalMs":0} stops the counters. */
  count({ intervalMs }) { startCounting(intervalMs); return { count }; },
  /** Closes every session's connection without a word. */
  cut() { for (const endpoint of server.endpoints) { endpoint.abruptlyInterruptChannels(); } return {}; },
  statistics() {
    return { count, sessions: server.engine.currentSessionCount, subscriptions: server.engine.currentSubscriptionCount, channels: server.currentChannelCount };
  },
  stop() { setTimeout(() => server.shutdown(0).then(() => process.exit(0)), 0); return {}; },
};

const control = http.createServer((request, response) => {
  let text = '';
  request.on('data', (piece) => { text += piece; });
  request.on('end', async () => {
    try {
      const answer = await commands[request.url.slice(1)](text ? JSON.parse(text) : {});
      response.end(JSON.stringify(answer));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error.stack));
    }
  });
});

startCounting(settings.changeIntervalMs);
await server.start();
control.listen(0, '127.0.0.1', () => console.log(`ready ${server.endpoints[0].port} ${control.address().port}`));
