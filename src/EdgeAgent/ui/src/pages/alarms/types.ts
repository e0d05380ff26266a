import type { BadgeState } from '@/design'
import type { AlarmCounts } from '@/pages/overview/types'

export type Kind = 'limit' | 'rate' | 'silence' | 'offline' | 'buffer' | 'store'
export type Severity = 'info' | 'warning' | 'critical'
export type ChannelKind = 'dingtalk' | 'wecom' | 'feishu' | 'json' | 'mail'

export interface Alarm {
  id: string
  rule: string
  ruleName: string
  kind: Kind
  severity: Severity
  agent: string
  device: string
  tag: string
  unit: string
  raisedAt: string
  clearedAt: string | null
  value: number | null
  limit: number | null
  acknowledgedBy: string | null
  acknowledgedAt: string | null
  comment: string | null
}

export interface ToldAlarms {
  counts: AlarmCounts
  open: Alarm[]
}

export interface Rule {
  id: string
  name: string
  kind: Kind
  severity: Severity
  enabled: boolean
  agent: string
  device: string
  tag: string
  high: number | null
  low: number | null
  hysteresis: number
  perMinute: number | null
  seconds: number | null
  onDelaySeconds: number
  offDelaySeconds: number
  notify: string[]
}

export interface Channel {
  name: string
  kind: ChannelKind
  url: string
  secret: string
  language: 'zh' | 'en'
  mail: Mail | null
}

export interface Mail {
  host: string
  port: number
  security: 'starttls' | 'tls' | 'none'
  user: string
  password: string
  from: string
  to: string[]
}

export interface Settings {
  rules: Rule[]
  channels: Channel[]
}

export const severityBadge: Record<Severity, BadgeState> = { info: 'info', warning: 'warn', critical: 'bad' }

export const placeOf = (alarm: Alarm): string => [alarm.agent, alarm.device, alarm.tag].filter(Boolean).join(' / ')
