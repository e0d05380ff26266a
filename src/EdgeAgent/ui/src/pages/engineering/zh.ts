export default {
  title: '工程',
  config: {
    title: '配置', subtitle: '正在运行的配置及其草稿。修改只在“应用”后生效，每个版本都会保留。', devices: '设备', text: '配置文件', history: '历史版本',
    add: '添加设备', check: '检查', checked: '检查结果', search: '查找设备', noAsset: '未填资产编号', running: '正在运行', textCounts: '正在以文本方式编辑，下表是修改前的设备。应用或放弃草稿后可再编辑。', diff: '查看差异', apply: '应用', discard: '放弃草稿', changed: '草稿有尚未应用的修改', ok: '检查通过', errors: '{count} 处错误', warnings: '{count} 处警告',
    endpoint: '连接', driver: '驱动', device: '设备', asset: '资产编号', template: '模板', tags: '测点', tag: '测点', editTags: '编辑测点', remove: '删除', removed: '已从草稿中删除 {name}',
    none: '还没有设备', noneText: '从模板添加第一台设备，或扫描现场已有的设备。', noAgent: '此程序没有采集部分', noAgentText: '设备在网关的配置中维护，可在“采集端”中远程下发。',
    notWritable: '配置文件不可写，无法在此应用', comment: '修改说明', lost: '以下注释无法保留，应用后将丢失', acceptLost: '我确认这些注释可以丢失', noChange: '没有差异',
    needsRestart: '需重启后生效：{parts}', applied: '配置已生效', same: '与运行中的配置相同', watching: '正在观察设备是否恢复在线…', fine: '之前在线的设备全部在线', someDown: '未恢复在线：{names}',
    allDown: '之前在线的设备全部离线：{names}。请考虑回退。', textHint: '可直接编辑全文，注释保留。密码显示为 ***kept n***，保留该标记即保留原密码。', save: '存入草稿', at: '时间', by: '操作人',
    outcome: '方式', rollback: '回退到此版本', rollbackText: '将恢复 {at} 的配置，包括点表。当前版本会保留在历史中。', outcomeApplied: '页面应用', outcomeFound: '文件中已有', noHistory: '还没有历史版本',
    line: '第 {line} 行', expected: '应为', tryNext: '建议', file: '文件',
  },
  add: {
    title: '添加设备', subtitle: '选择模板，填写连接参数，试读成功后再加入配置。', stepTemplate: '模板', stepConnection: '连接', stepTags: '测点', stepTest: '试读', noTemplate: '不用模板', noTemplateText: '自行填写驱动和测点', tagCount: '{count} 个测点', useGuess: '填入测点表', guessNow: '读取寄存器', allGuesses: '显示其余 {count} 种解释', guessHex: '寄存器内容', browseHint: '展开服务器的节点，勾选需要的变量，可多选。',
    search: '查找模板', basis: '依据', useEndpoint: '通过哪个连接', newEndpoint: '新建连接', endpointName: '连接名称', driver: '驱动', deviceName: '设备名称', asset: '资产编号', assetHint: '与设备台账一致，用于计算联网率',
    endpointSettings: '连接参数', deviceSettings: '设备参数', more: '更多参数', next: '下一步', back: '上一步', templateTags: '模板已含 {count} 个测点；下表只填要补充或修改的测点，可留空', tagFile: '点表文件',
    tagFileHint: '留空则写入配置文件；填写如 press-01.csv 则另存为点表', readNow: '试读', reading: '正在读取…', readHint: '只读取一次，不保存数据。', good: '{good} / {total} 个测点良好', addNow: '加入草稿',
    added: '设备 {name} 已加入草稿，请检查后应用', guess: '字节序预览', guessHint: '同一组寄存器按各种类型和字节序解释，合理的标有 ★，请与设备显示值对照。', guessAddress: '寄存器地址', browse: '浏览节点', useNodes: '加入所选 {count} 个节点',
    opcOnly: '连接参数填好后可浏览服务器节点', nameNeeded: '请填写名称', json: 'JSON', notJson: '不是有效的 JSON', lines: '每行一个',
  },
  grid: {
    label: '测点表', row: '第 {row} 行', addRow: '添加一行', removeRow: '删除第 {row} 行', paste: '可从 Excel 复制单元格后直接粘贴；回车移到下一行。', problems: '{count} 个单元格有误', pasted: '已粘贴 {count} 行', more: '显示第 {from}–{to} 行，共 {total} 行', page: '后 100 行', first: '前 100 行',
    save: '存入草稿', edit: '编辑测点：{name}', shared: '点表 {file} 由 {count} 台设备共用，修改对它们全部生效',
  },
  result: { isGood: '良好', isBad: '失败', tag: '测点', value: '值', unit: '单位', quality: '质量', problem: '说明', type: '类型', order: '字节序', plausible: '合理' },
  browse: { name: '名称', select: '选择 {name}', open: '展开 {name}', close: '收起 {name}', empty: '没有下级节点', loading: '正在读取节点…', again: '重试', label: 'OPC UA 节点' },
  trust: {
    title: '尚未信任此服务器', text: '请在服务器的配置界面或面板上查看其证书指纹，与下面一致时再信任。', thumbprint: '指纹（SHA-1）', subject: '证书主体', hosts: '主机', validUntil: '有效期至',
    trust: '指纹一致，信任', done: '已信任该服务器', own: '服务器若也要求信任客户端，本采集端的证书指纹为',
  },
  scan: {
    title: '扫描设备', subtitle: '只扫描您指定的地址，只读取，不改变设备。', kind: '在哪里找', network: '一个网段', networkText: '找出 Modbus TCP、OPC UA、S7 和 MTConnect 设备', units: '一个 Modbus 网关后', unitsText: '逐个询问站号，适用于网关和串口服务器',
    line: '一条串口线', lineText: '试各种波特率，找 Modbus、DL/T 645 和 CJ/T 188', networkTarget: '地址范围', unitsTarget: '网关地址', lineTarget: '串口', networkHint: '例如 192.168.1.0/24 或 192.168.1.10-50', unitsHint: '例如 192.168.1.20', lineHint: '例如 /dev/ttyUSB0',
    port: 'Modbus 端口', unitsMost: '最大站号', rate: '每秒连接数', ask: '询问的 Modbus 站号', askHint: '依次询问，直到有应答：1 最常见，255 和 0 多为网关或单机设备', askWrong: '请填写 0 到 255 的站号，用逗号分隔，最多 16 个',
    start: '开始扫描', cancel: '停止', found: '发现的设备', add: '添加', scanUnits: '扫描站号', nothing: '没有设备应答', nothingText: '请检查地址、供电、接线以及是否有其他主站占用；设备也可能使用其他端口或站号。', running: '正在扫描 {target}', done: '{target} 扫描完成', cancelled: '已停止', failed: '扫描失败',
    asked: '询问了：', askedUnits: '{name} 端口 {port}（站号 {units}，有应答为止）', askedPort: '{name} 端口 {port}', askedRange: '{name} 端口 {port}，站号 1 至 {most}（都没有应答时再问 {others}）', between: '；',
  },
  agents: {
    title: '采集端', subtitle: '接入本汇聚端的网关。批准前请在网关上核对密钥指纹。', hubKey: '汇聚端密钥指纹', hubKeyHint: '填入网关配置 agent.remoteConfiguration.hubKey 后，才接受远程下发的配置。', agent: '采集端', status: '状态', pending: '待批准', approved: '已批准',
    revoked: '已拒绝', online: '在线', offline: '离线', unknown: '未知', fingerprint: '密钥指纹', newKey: '出示了新密钥', version: '版本', clock: '时钟偏差', lastSeen: '最后联系', holds: '{devices} 台，{tags} 个测点', devices: '设备', push: '远程配置', approve: '批准', reject: '拒绝', revoke: '停止接入',
    approveText: '请确认网关上显示的指纹为 {fingerprint}。批准后其数据将被接收。', rejectText: '拒绝后不再接收其数据，已入库的数据保留。', none: '还没有采集端', noneText: '网关首次连接后会出现在这里。', invite: '邀请采集端', inviteSite: '站点', inviteAgent: '采集端名称', hours: '有效小时数',
    token: '一次性令牌', tokenHint: '只显示这一次。写入网关发布通道的 enrolmentToken。', make: '生成令牌', done: '已完成', notConnected: '未连接消息代理，采集端状态可能不是最新', noHub: '此程序不是汇聚端', noHubText: '采集端在汇聚端的页面上管理。', stage: '最近下发', close: '关闭',
  },
  push: {
    title: '远程配置', subtitle: '{site}/{agent}：读取、修改并签名下发。网关在规定时间内得不到确认会自动恢复原配置。', fetch: '读取采集端配置', fetchAgain: '重新读取', review: '核对并下发', begin: '先读取采集端正在运行的配置', beginText: '采集端须在线，并在其配置中允许远程配置（agent.remoteConfiguration，hubKey 为本汇聚端的密钥指纹）。', fetching: '正在等待采集端应答…', diff: '查看差异', send: '签名并下发', comment: '修改说明', sent: '已发送，等待应答', confirming: '已生效，正在确认', kept: '已生效并确认',
    refused: '采集端拒绝', rolledBack: '采集端已自动恢复原配置', expired: '超时未应答', revision: '版本 {revision}', hint: '密码不会离开网关，显示为 ***kept n***。', problems: '采集端指出的问题',
  },
  setting: {
    host: '主机地址', port: '端口', unitId: '站号', serial: '串口', baudRate: '波特率', parity: '校验', stopBits: '停止位', dataBits: '数据位', endpoints: '服务器地址', securityMode: '安全模式', user: '用户名', password: '密码', rack: '机架', slot: '插槽', address: '地址', order: '字节序',
    addressBase: '起始地址', directory: '目录', files: '文件名', url: '网址', timeoutMs: '超时（毫秒）', responseTimeoutMs: '应答超时（毫秒）', connectTimeoutMs: '连接超时（毫秒）', devEui: 'DevEUI', topic: '主题', brokers: '消息代理地址', edition: '规约版本', identify: '读取设备标识', gapRegistersMax: '最大间隔寄存器数',
  },
}
