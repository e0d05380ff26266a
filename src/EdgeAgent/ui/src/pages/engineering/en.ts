import type zh from './zh'

const en: typeof zh = {
  title: 'Engineering',
  config: {
    title: 'Configuration', subtitle: 'What runs, and a draft of it. Changes come into force when they are applied; every version is kept.', devices: 'Devices', text: 'Configuration file', history: 'History',
    add: 'Add device', check: 'Check', checked: 'What the check found', search: 'Find a device', noAsset: 'no asset number', running: 'running', textCounts: 'The file is edited as text; the devices below are those before. Apply or discard the draft to edit them here.', diff: 'Differences', apply: 'Apply', discard: 'Discard draft', changed: 'The draft has changes that are not applied', ok: 'In order', errors: '{count} errors', warnings: '{count} warnings',
    endpoint: 'Endpoint', driver: 'Driver', device: 'Device', asset: 'Asset', template: 'Template', tags: 'Tags', tag: 'Tag', editTags: 'Edit tags', remove: 'Remove', removed: '{name} is removed from the draft',
    none: 'No devices yet', noneText: 'Add the first one from a template, or look for what is there.', noAgent: 'This process collects nothing', noAgentText: 'Devices are in the configurations of gateways; those can be sent from the page of agents.',
    notWritable: 'The configuration cannot be written, so nothing can be applied here', comment: 'What was changed and why', lost: 'These comments cannot be kept and are lost when it is applied', acceptLost: 'These comments may go', noChange: 'No differences',
    needsRestart: 'In force after a restart: {parts}', applied: 'The configuration is in force', same: 'That is what runs already', watching: 'Watching whether the devices come back…', fine: 'All devices that were online are online', someDown: 'Not back: {names}',
    allDown: 'All devices that were online are down: {names}. Consider rolling back.', textHint: 'Edit the whole file here; comments stay. Passwords are shown as ***kept n***; leave the mark to keep the password.', save: 'Put into the draft', at: 'When', by: 'By',
    outcome: 'How', rollback: 'Roll back to this', rollbackText: 'Brings back the configuration of {at} with its tables. The present one stays in the history.', outcomeApplied: 'applied here', outcomeFound: 'found in the file', noHistory: 'No history yet',
    line: 'line {line}', expected: 'expected', tryNext: 'try', file: 'File',
  },
  add: {
    title: 'Add device', subtitle: 'Choose a template, say how to connect, and read it once before it goes into the configuration.', stepTemplate: 'Template', stepConnection: 'Connection', stepTags: 'Tags', stepTest: 'Test', noTemplate: 'No template', noTemplateText: 'Driver and tags by hand', tagCount: '{count} tags', useGuess: 'Put into the table', guessNow: 'Read registers', allGuesses: 'Show {count} others', guessHex: 'Registers', browseHint: 'Open the nodes of the server and tick the variables; several at once.',
    search: 'Find a template', basis: 'Basis', useEndpoint: 'Behind', newEndpoint: 'a new endpoint', endpointName: 'Name of the endpoint', driver: 'Driver', deviceName: 'Name of the device', asset: 'Asset number', assetHint: 'As in the device ledger; the networking rate counts by it',
    endpointSettings: 'Connection', deviceSettings: 'Device', more: 'More settings', next: 'Next', back: 'Back', templateTags: 'The template has {count} tags; the table below only adds to them or overrides them, and may stay empty', tagFile: 'Table file',
    tagFileHint: 'Empty: into the configuration file; otherwise for instance press-01.csv', readNow: 'Read', reading: 'Reading…', readHint: 'Reads once; nothing is stored.', good: '{good} of {total} tags good', addNow: 'Add to the draft',
    added: 'Device {name} is in the draft; check and apply it', guess: 'Byte order preview', guessHint: 'The same registers under all types and byte orders; plausible ones have a ★. Compare with what the device shows.', guessAddress: 'Register address', browse: 'Browse nodes', useNodes: 'Add {count} nodes',
    opcOnly: 'Nodes can be browsed when the connection is filled in', nameNeeded: 'A name is needed', json: 'JSON', notJson: 'This is no JSON', lines: 'one a line',
  },
  grid: {
    label: 'Table of tags', row: 'Row {row}', addRow: 'Add row', removeRow: 'Remove row {row}', paste: 'Cells copied in Excel can be pasted; Enter goes to the next row.', problems: '{count} cells are wrong', pasted: '{count} rows pasted', more: 'Rows {from}–{to} of {total}', page: 'Next 100', first: 'Previous 100',
    save: 'Put into the draft', edit: 'Tags of {name}', shared: '{count} devices share the table {file}; what you change here changes all of them',
  },
  result: { isGood: 'good', isBad: 'failed', tag: 'Tag', value: 'Value', unit: 'Unit', quality: 'Quality', problem: 'Remark', type: 'Type', order: 'Order', plausible: 'Plausible' },
  browse: { name: 'Name', select: 'Select {name}', open: 'Open {name}', close: 'Close {name}', empty: 'Nothing below', loading: 'Reading nodes…', again: 'Try again', label: 'OPC UA nodes' },
  trust: {
    title: 'Nobody trusted this server yet', text: 'Look up the fingerprint of its certificate in the server itself, and trust it when it is this one.', thumbprint: 'Fingerprint (SHA-1)', subject: 'Subject', hosts: 'Hosts', validUntil: 'Valid until',
    trust: 'It is the same: trust it', done: 'The server is trusted', own: 'A server that wants to trust its clients needs the fingerprint of this agent:',
  },
  scan: {
    title: 'Find devices', subtitle: 'Only where you say, reading only; nothing is changed at a device.', kind: 'Where to look', network: 'A network', networkText: 'Finds devices of Modbus TCP, OPC UA, S7 and MTConnect', units: 'Behind a Modbus gateway', unitsText: 'Asks one unit after the other; for gateways and serial servers',
    line: 'A serial line', lineText: 'Tries baud rates; finds Modbus, DL/T 645 and CJ/T 188', networkTarget: 'Addresses', unitsTarget: 'Address of the gateway', lineTarget: 'Serial port', networkHint: 'for instance 192.168.1.0/24 or 192.168.1.10-50', unitsHint: 'for instance 192.168.1.20', lineHint: 'for instance /dev/ttyUSB0',
    port: 'Modbus port', unitsMost: 'Highest unit', rate: 'Connections a second', ask: 'Modbus units to ask', askHint: 'One after the other until one answers: 1 is usual, 255 and 0 are gateways and single devices', askWrong: 'Units from 0 to 255 with commas between them, at most 16',
    start: 'Start', cancel: 'Stop', found: 'Devices found', add: 'Add', scanUnits: 'Scan its units', nothing: 'Nothing answers', nothingText: 'Check the address, power, wiring, and whether another master is on the line; devices may use other ports or units, too.', running: 'Scanning {target}', done: '{target} is scanned', cancelled: 'Stopped', failed: 'Failed',
    asked: 'Asked: ', askedUnits: '{name} at port {port} (units {units}, until one answers)', askedPort: '{name} at port {port}', askedRange: '{name} at port {port}, units 1 to {most} ({others} when none of them answers)', between: '; ',
  },
  agents: {
    title: 'Agents', subtitle: 'Gateways of this hub. Compare the fingerprint on the gateway before you approve it.', hubKey: "Fingerprint of this hub's key", hubKeyHint: 'A gateway takes configurations from here when its agent.remoteConfiguration.hubKey names it.', agent: 'Agent', status: 'Status', pending: 'Pending', approved: 'Approved',
    revoked: 'Kept out', online: 'online', offline: 'offline', unknown: 'unknown', fingerprint: 'Fingerprint', newKey: 'showed a new key', version: 'Version', clock: 'Clock offset', lastSeen: 'Last heard', holds: '{devices} with {tags} tags', devices: 'Devices', push: 'Configuration', approve: 'Approve', reject: 'Reject', revoke: 'Revoke',
    approveText: 'Make sure that the gateway shows {fingerprint}. Its data is taken from then on.', rejectText: 'Nothing more is taken from it; what was stored stays.', none: 'No agents yet', noneText: 'A gateway appears here when it connects for the first time.', invite: 'Invite an agent', inviteSite: 'Site', inviteAgent: 'Agent', hours: 'Valid for hours',
    token: 'One-time token', tokenHint: "Shown this once. It is the enrolmentToken of the gateway's publisher.", make: 'Make a token', done: 'Done', notConnected: 'Not connected to the broker: what is said about agents may be old', noHub: 'This process is no hub', noHubText: 'Agents are managed on the hub.', stage: 'Last sent', close: 'Close',
  },
  push: {
    title: 'Configuration of an agent', subtitle: '{site}/{agent}: fetch, change, send signed. A gateway that gets no confirmation in time goes back by itself.', fetch: 'Fetch its configuration', fetchAgain: 'Fetch again', review: 'Review and send', begin: 'Fetch the configuration that the agent runs', beginText: 'The agent has to be online and to allow it: agent.remoteConfiguration in its configuration, with the fingerprint of this hub as hubKey.', fetching: 'Waiting for the agent…', diff: 'Differences', send: 'Sign and send', comment: 'What was changed and why', sent: 'Sent, waiting for an answer', confirming: 'In force, being confirmed', kept: 'In force and confirmed',
    refused: 'The agent refuses', rolledBack: 'The agent went back by itself', expired: 'No answer in time', revision: 'revision {revision}', hint: 'Passwords never leave the gateway; they are shown as ***kept n***.', problems: 'What the agent found wrong',
  },
  setting: {
    host: 'Host', port: 'Port', unitId: 'Unit id', serial: 'Serial port', baudRate: 'Baud rate', parity: 'Parity', stopBits: 'Stop bits', dataBits: 'Data bits', endpoints: 'Server addresses', securityMode: 'Security mode', user: 'User', password: 'Password', rack: 'Rack', slot: 'Slot', address: 'Address', order: 'Byte order',
    addressBase: 'Address base', directory: 'Directory', files: 'Files', url: 'URL', timeoutMs: 'Timeout (ms)', responseTimeoutMs: 'Response timeout (ms)', connectTimeoutMs: 'Connect timeout (ms)', devEui: 'DevEUI', topic: 'Topic', brokers: 'Brokers', edition: 'Edition', identify: 'Read identification', gapRegistersMax: 'Longest gap in registers',
  },
}

export default en
