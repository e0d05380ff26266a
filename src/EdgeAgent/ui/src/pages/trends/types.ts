export interface Series {
  id: string
  agent: string
  device: string
  tag: string
  unit: string
  kind: string
  intervalMs: number
  decimals: number
  configured: boolean
}

export interface Point {
  t: number
  v: number | null
  min?: number
  max?: number
  q?: number
  n?: number
}

export interface TrendSeries {
  id: string
  unit: string
  kind: string
  decimals: number
  intervalMs: number
  bucketMs: number
  points: Point[]
  gaps: { from: number; to: number }[]
  bands: { from: number; to: number; q: number; quality: string }[]
}

export interface Trend {
  from: string
  to: string
  series: TrendSeries[]
}
