import { language } from '@/app/i18n'

/** The columns of a table of tags as it is read in China; a table may have either name. */
const chinese: Record<string, string> = {
  name: '名称', description: '描述', address: '地址', type: '类型', order: '字节序', length: '长度', bit: '位', scan: '采集组', scale: '倍率', offset: '偏移', unit: '单位',
  decimals: '小数位', min: '下限', max: '上限', deadband: '死区', deadbandPercent: '死区百分比', heartbeatMs: '心跳毫秒',
}

/** A column in the page's language. */
export const headerOf = (column: string): string => (language.value === 'zh' ? (chinese[column] ?? column) : column)
