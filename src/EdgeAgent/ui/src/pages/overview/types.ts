import type { Note } from '@/app/notes/note'

/** What `GET /api/overview` gives, and the topic `overview` of the event stream. */
export interface Overview {
  at: string
  site: string
  enterprise: string | null
  version: string
  simulated: boolean
  hasHub: boolean
  hasAgent: boolean
  devices: { total: number; online: number; bad: number; stale: number; never: number; unledgered: number }
  rates: Rates | null
  today: { due: number; good: number; bad: number; missed: number; stored: number; completenessPercent: number | null } | null
  agents: Agent[]
  laws: Law[]
  balances: boolean | null
  store: Store | null
  alarms: AlarmCounts
  notes: Note[]
}

export interface Rates {
  bandsPercent: number[]
  digitalization: Rate
  networking: Rate
  points: Share
  scenes: Share
  areas: Share
  completeness: Share
  from: string
  to: string
  computedAt: string
  provisional: boolean
  notice: string | null
  rulePack: string
  problem: string | null
}

export interface Rate {
  n: number
  d: number
  percent: number | null
  option: string | null
  points: number | null
  missingForNext: number
}

export interface Share {
  n: number
  d: number
  percent: number | null
  missing: string[]
}

export interface Agent {
  name: string
  standing: 'online' | 'offline' | 'pending' | 'revoked' | 'unknown'
  isLocal: boolean
  version: string
  configHash: string
  lastHeard: string | null
  since: string | null
  clockOffsetMs: number | null
  devices: number
  online: number
  pendingReadings: number | null
  pendingBatches: number | null
  oldestAgeSeconds: number | null
  bufferBytes: number | null
  discardedReadings: number | null
  bufferProblem: string | null
  lagMs: number | null
  forked: boolean
}

export interface Law {
  name: 'accounts' | 'kept' | 'buffer'
  of: string | null
  /** Each law is counted at a moment of its own. */
  at: string | null
  left: Term[]
  right: Term[]
  difference: number
  balances: boolean
}

export interface Term {
  name: string
  readings: number
}

export interface Store {
  kind: string
  available: boolean
  downSince: string | null
  problem: string | null
  brokerConnected: boolean
  readings: number
  batches: number
  duplicateBatches: number
  refusedBatches: number
  readToStoreP50Ms: number | null
  readToStoreP99Ms: number | null
}

/** Machines of the ledger that were never connected are not online either. */
export const onlineTone = (devices: Overview['devices']): 'plain' | 'good' | 'warn' => (devices.total === 0 ? 'plain' : devices.online < devices.total ? 'warn' : 'good')

export interface AlarmCounts {
  active: number
  unacknowledged: number
  critical: number
  warning: number
  info: number
}
