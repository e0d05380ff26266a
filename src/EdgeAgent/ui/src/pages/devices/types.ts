import type { BadgeState } from '@/design'

export type Standing = 'online' | 'bad' | 'stale' | 'never'

/** One device, or one machine of the ledger without any. */
export interface Tile {
  agent: string
  device: string
  asset: string
  assetName: string
  area: string
  line: string
  driver: string
  state: Standing
  inLedger: boolean
  counts: boolean
  networked: boolean | null
  reasons: string[]
  provenance: string
  lastGood: string | null
  tags: number
  badTags: number
  periodMs: number
  achievedPeriodMs: number | null
  problem: string | null
  problemZh: string | null
}

export interface TagValue {
  tag: string
  unit: string
  decimals: number
  intervalMs: number
  kind: string
  value: boolean | number | string | null
  quality: string
  good: 'good' | 'uncertain' | 'bad' | 'none'
  time: string | null
  ageSeconds: number | null
}

export interface DevicePageData {
  tile: Tile
  address: string
  endpoint: { name: string; driver: string; connected: boolean; line: string | null; utilisation: number | null; problem: string | null; problemZh: string | null } | null
  quarantined: boolean | null
  jitterMs: number | null
  overruns: number | null
  machine: { assetNo: string; name: string; model: string; maker: string; workshop: string; line: string; process: string; isKeyProcess: boolean; category: string; status: string; commissionDate: string } | null
  verdict: {
    networked: boolean
    digital: string
    grade: string
    coveragePercent: number | null
    good: number
    expected: number
    activeDays: number
    requiredDays: number
    observedHours: number
    stoppedHours: number
    notCounted: number
    lastGood: string | null
    sources: string[]
    reasons: string[]
    excludedBecause: string | null
    from: string
    to: string
  } | null
  values: TagValue[]
  problems: { from: string; until: string | null; text: string; textZh: string | null; count: number }[]
  heat: HeatHour[]
}

/** What went to or came from a device. */
export interface Frame {
  at: string
  sent: boolean
  /** The bytes, or the start of many; empty where they are not kept. */
  hex: string
  text: string | null
  meaning: string | null
  meaningZh: string | null
  bytes: number
}

export interface FramesData {
  kept: 'here' | 'agent' | 'none'
  command: string | null
  items: Frame[]
}

export interface HeatHour {
  hour: string
  due: number
  good: number
  bad: number
  missed: number
}

export const badgeOf: Record<Standing, BadgeState> = { online: 'good', bad: 'bad', stale: 'stale', never: 'off' }

export const keyOf = (tile: Tile): string => (tile.device ? `${tile.agent}/${tile.device}` : `#${tile.asset}`)

export const nameOf = (tile: Tile): string => tile.assetName || tile.device || tile.asset
