import { language } from './i18n'

/**
 * Qualities by the names that the program prints, in the words of the trade in China. In English a name stands for itself.
 * A test holds this table against the qualities of the program: each has its words here, and nothing else stands here.
 */
const chinese: Readonly<Record<string, string>> = {
  Good: '良好',
  Uncertain: '不确定',
  UncertainLastUsableValue: '沿用上次值',
  UncertainEngineeringUnitsExceeded: '超出工程量程',
  Bad: '坏值',
  BadUnexpectedError: '意外错误',
  BadCommunicationError: '通信错误',
  BadDecodingError: '数据解析错误',
  BadTimeout: '通信超时',
  BadNoCommunication: '无通信',
  BadWaitingForInitialData: '等待首次数据',
  BadNodeIdUnknown: '地址不存在',
  BadOutOfRange: '超出范围',
  BadNotSupported: '不支持',
  BadTypeMismatch: '数据类型不符',
  BadConfigurationError: '配置错误',
  BadNotConnected: '未连接',
  BadDeviceFailure: '设备故障',
  BadSensorFailure: '传感器故障',
  BadOutOfService: '停止服务',
}

/** Codes of other programs are printed as numbers, whose two highest bits are the severity. */
const severities = ['良好', '不确定', '坏值', '坏值'] as const

/** A quality in the page's language. */
export function qualityText(name: string): string {
  if (language.value !== 'zh') return name
  return chinese[name] ?? (/^0x[0-9A-F]{8}$/i.test(name) ? severities[parseInt(name.slice(2, 3), 16) >> 2] : undefined) ?? name
}
