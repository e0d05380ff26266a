// An OPC UA client by npm's node-opcua, for interoperability tests of our simulated server.
//
// usage: node opcua_client.mjs '{"url":"opc.tcp://127.0.0.1:4840","policy":"Basic256Sha256","mode":"SignAndEncrypt", …}'
//        (every setting of `defaults` below)
// Does what the settings ask for, one after the other, and prints one line of JSON with what came of it.
import { AttributeIds, ClientMonitoredItemGroup, ClientSubscription, MessageSecurityMode, OPCUAClient, SecurityPolicy, TimestampsToReturn, UserTokenType } from 'node-opcua-client';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { DataType } from 'node-opcua-variant';

const defaults = {
  url: '', policy: 'None', mode: 'None', user: null, password: null, store: '/tmp/edgeagent-partner-client-pki',
  tokenLifetimeMs: 600000,
  browse: null,      // a node id: counts all nodes below it, and lists the browse names of those right below
  pageSize: 0,       // references per answer; 0 leaves it to the server
  read: [],          // node ids, values
  translate: null,   // a browse path from the Objects folder, such as "/2:Plant"
  subscribe: null,   // {"nodes":[…],"samplingMs":100,"publishingMs":100,"queueSize":10,"values":100,"filter":null}
  history: null,     // {"node":"…","seconds":60}
};
const settings = { ...defaults, ...JSON.parse(process.argv[2] ?? '{}') };

const clientCertificateManager = new OPCUACertificateManager({ rootFolder: settings.store, automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true });
await clientCertificateManager.initialize();
const client = OPCUAClient.create({
  applicationName: 'Partner', endpointMustExist: true, clientCertificateManager,
  securityPolicy: SecurityPolicy[settings.policy], securityMode: MessageSecurityMode[settings.mode],
  defaultSecureTokenLifetime: settings.tokenLifetimeMs, connectionStrategy: { maxRetry: 0 }, requestedSessionTimeout: 60000,
});
const result = {};

// What our server allows at once.
const nodesPerBrowse = 500;

async function below(session, start) {
  const seen = new Set([start]);
  let names = null;
  for (let nodes = [start]; nodes.length > 0;) {
    const answers = [];
    for (let i = 0; i < nodes.length; i += nodesPerBrowse) {
      answers.push(...await session.browse(nodes.slice(i, i + nodesPerBrowse).map((nodeId) => ({
        nodeId, referenceTypeId: 'HierarchicalReferences', includeSubtypes: true, browseDirection: 0, nodeClassMask: 0, resultMask: 63,
      }))));
    }
    const next = [];
    for (let answer of answers) {
      const references = [...(answer.references ?? [])];
      while (answer.continuationPoint?.length > 0) {
        answer = await session.browseNext(answer.continuationPoint, false);
        references.push(...(answer.references ?? []));
      }
      names ??= references.map((r) => r.browseName.toString());
      for (const reference of references) {
        const id = reference.nodeId.toString();
        if (!seen.has(id)) {
          seen.add(id);
          next.push(id);
        }
      }
    }
    nodes = next;
  }
  return { count: seen.size - 1, names };
}

async function subscribe(session, { nodes, samplingMs = 100, publishingMs = 100, queueSize = 10, values = 100, filter = null }) {
  const subscription = ClientSubscription.create(session, {
    requestedPublishingInterval: publishingMs, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1,
  });
  await new Promise((resolve) => { subscription.once('started', resolve); });
  const got = new Map(nodes.map((node) => [node, []]));
  const group = ClientMonitoredItemGroup.create(
    subscription, nodes.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })),
    { samplingInterval: samplingMs, discardOldest: true, queueSize, filter }, TimestampsToReturn.Both);
  await new Promise((resolve) => {
    group.on('changed', (item, value, index) => {
      got.get(nodes[index]).push(value.value.value);
      if ([...got.values()].every((list) => list.length >= values)) {
        resolve();
      }
    });
  });
  const answer = Object.fromEntries([...got].map(([node, list]) => [node, list.slice(0, values)]));
  await subscription.terminate();
  return answer;
}

function plain(value) {
  const raw = value.value.value;
  return {
    status: value.statusCode.name,
    type: DataType[value.value.dataType],
    dimensions: value.value.dimensions ?? null,
    value: ArrayBuffer.isView(raw) && !Buffer.isBuffer(raw) ? [...raw] : raw,
    sourceTimestamp: value.sourceTimestamp,
  };
}

try {
  await client.connect(settings.url);
  const identity = settings.user
    ? { type: UserTokenType.UserName, userName: settings.user, password: settings.password }
    : { type: UserTokenType.Anonymous };
  const session = await client.createSession(identity);
  result.servers = (await client.findServers()).map((server) => server.applicationName.text);
  result.endpoints = (await client.getEndpoints()).map((e) => `${e.securityPolicyUri.split('#')[1]} ${MessageSecurityMode[e.securityMode]}`);
  result.namespaces = await session.readNamespaceArray();
  const build = await session.read({ nodeId: 'i=2260', attributeId: AttributeIds.Value });
  result.product = build.value.value?.productName ?? null;
  if (settings.browse) {
    session.requestedMaxReferencesPerNode = settings.pageSize || 10000;
    result.browse = await below(session, settings.browse);
  }
  if (settings.read.length > 0) {
    result.read = (await session.read(settings.read.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })))).map(plain);
  }
  if (settings.translate) {
    const { makeBrowsePath } = await import('node-opcua-service-translate-browse-path');
    const answer = await session.translateBrowsePath(makeBrowsePath('ObjectsFolder', settings.translate));
    result.translate = answer.targets?.[0]?.targetId.toString() ?? answer.statusCode.name;
  }
  if (settings.subscribe) {
    result.subscribe = await subscribe(session, settings.subscribe);
  }
  if (settings.history) {
    const end = new Date();
    const answer = await session.readHistoryValue(settings.history.node, new Date(end.getTime() - settings.history.seconds * 1000), end);
    result.history = { status: answer.statusCode.name, values: answer.historyData.dataValues.map((v) => [v.sourceTimestamp.getTime(), v.value.value]) };
  }
  await session.close();
  await client.disconnect();
} catch (error) {
  result.error = error.message;
}
console.log(JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? value.toString() : value)));
process.exit(result.error ? 1 : 0);
