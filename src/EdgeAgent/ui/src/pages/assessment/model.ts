/** What the assessment's API answers; decimals are texts there, so that no digit is lost. */
export interface Bilingual {
  zh: string
  en: string
}

export interface Share {
  n: number
  d: number
  percent: string
}

export interface NextOption {
  option: string
  devices: number
  points: string
}

export interface Rate {
  no: number
  title: string
  n: number
  d: number
  rate: string
  option: string | null
  points: string | null
  next: NextOption | null
}

export interface Coverage {
  share: Share
  covered: string[]
  missing: string[]
}

export interface Indicators {
  digitalization: Rate
  digitalDeclared: Share
  digitalObserved: Share
  networking: Rate
  networkedOfDigital: Share
  networkedStrict: Share
  areas: Coverage
  links: { link: string; devices: number }[]
  scenes: Coverage
  processes: Coverage
  points: Coverage
  completeness: Share
  keyProcesses: Coverage
}

export interface DeviceResult {
  assetNo: string
  name: string
  workshop: string
  process: string
  digital: 'none' | 'declared' | 'evidenced' | 'observed'
  networked: boolean
  grade: string
  coverage: string | null
  activeDays: number
  requiredDays: number
  good: number
  expected: number
  changed: number
  lastGood: string | null
  onlineNow: boolean
  sources: string[]
  reasons: string[]
}

export interface Excluded {
  assetNo: string
  name: string
  category: string
  status: string
  reason: string
  remark: string
  hasData: boolean
}

export interface OptionResult {
  letter: string
  text: string
  points: string
  ticked: boolean
  source: string
  suggested: boolean
  why: string
}

export interface Item {
  no: number
  dimension: string
  group: string
  collected: string
  title: string
  multiple: boolean
  source: string
  value: string | null
  option: string | null
  ticked: string[]
  max: string
  points: string | null
  next: NextOption | null
  options: OptionResult[]
  evidence: string[]
  numbers: Record<string, string>
  problems: string[]
}

export interface Scene {
  order: number
  name: string
  constrained: boolean
  level: number
  source: string
  supportedLevel: number | null
  facts: string[]
  evidence: string[]
  problems: string[]
}

export interface Level {
  level: number
  name: string
  scoreNeeded: string
  scenesNeeded: number
  constrainedNeeded: number
  scenes: number
  constrained: number
  reached: boolean
}

export interface Score {
  foundation: string
  management: string
  effect: string
  collected: string
  total: string
  totalText: string
  level: number
  levelName: string
  complete: boolean
  levels: Level[]
  next: { level: number; name: string; score: string; scenes: number; constrained: number } | null
}

export interface RateChange {
  item: number
  title: string
  before: Share
  after: Share
  optionBefore: string | null
  optionAfter: string | null
  percentagePoints: string | null
  steps: number | null
}

export interface Comparison {
  kind: 'observed' | 'declared'
  baselineSha256: string
  baselineAt: string
  samePack: boolean
  asOf: RateChange[]
  constant: RateChange[]
  transitions: { assetNo: string; name: string; before: string; after: string; since: string | null; serialNo: string }[]
}

export interface Finding {
  code: string
  severity: 'notice' | 'warning' | 'severe'
  subject: string
  assets: string[]
  evidence: { what: string; value: string; source: string }[]
}

export interface FindingText {
  label: Bilingual
  text: Bilingual
  advice: Bilingual
  evidence: Bilingual[]
  values: Bilingual[]
}

export interface Assessment {
  refreshing: boolean
  problem: string | null
  texts: {
    bands: number[]
    reasons: Record<string, Bilingual>
    findings: FindingText[]
    /** In the order of the result's items: the result itself has the English that signed packs hold. */
    items: { problems: Bilingual[]; options: (Bilingual | null)[] }[]
    scenes: { problems: Bilingual[]; facts: Bilingual[] }[]
    blockers: string[]
    simulated: boolean
    ledgerSource: string
    ledgerSequence: number
  }
  result: {
    notice: string | null
    rulePack: { id: string; version: string; sha256: string; windowUsed: string; overrides: { path: string; value: string; who: string; why: string }[] }
    ledgerSha256: string
    site: string
    asOf: string
    window: string[]
    computedAt: string
    provisional: boolean
    blockers: string[]
    counts: { total: number; totalStrict: number; networked: number; onlineNow: number; pending: number; unledgered: number; excluded: number; digital: { declared: number; evidenced: number; observed: number } }
    indicators: Indicators
    items: Item[]
    scenes: Scene[]
    score: Score
    subsidy: { level: number; share: string; cap: string; investment: string | null; amount: string | null; text: string } | null
    trend: { day: string; total: number; networked: number; digital: number; sending: number }[]
    findings: Finding[]
    beforeAfter: Comparison | null
    devices: DeviceResult[]
    exclusions: Excluded[]
    unledgered: { agent: string; device: string; driver: string; address: string; asset: string; good: number; class: string }[]
  }
}

export interface DeviceDrill {
  assetNo: string
  name: string
  counts: boolean
  reasons: { code: string; text: Bilingual }[]
  excluded: { code: string; text: Bilingual } | null
  rules: { minCoverage: number; minActiveDays: number; minGood: number; window: string; between: string[] }
  tags: { agent: string; device: string; tag: string; unit: string; intervalMs: number }[]
  findings: FindingText[]
}

export interface Evidence {
  title: string
  sha256: string
  chapter: string
  page: string
}

export interface Question {
  question: {
    no: number
    title: string
    type: 'Single' | 'Multiple'
    answer: 'Computed' | 'Assisted' | 'Typed'
    options: { key: string; text: string; fraction: number; excludes: boolean }[]
    numbers: { key: string; label: string; unit: string; mayBeNegative: boolean }[]
  }
  typed: { options: string[]; numbers: Record<string, number>; evidence: Evidence[]; note: string } | null
}

export interface SceneQuestion {
  scene: { name: string; group: string; constrained: boolean; levels: { level: number; text: string }[] }
  typed: { level: number; levelBefore: number | null; evidence: Evidence[]; note: string } | null
}

export interface Questionnaire {
  rulePack: string
  items: Question[]
  scenes: SceneQuestion[]
  stamp: string
}

export interface Job {
  id: string
  kind: 'forms' | 'pack' | 'summary'
  state: 'running' | 'done' | 'failed' | 'cancelled'
  steps: string[]
  step: number
  by: string
  startedAt: string
  endedAt: string | null
  problem: Bilingual | null
  file: string | null
  bytes: number
  sha256: string | null
  warnings: Bilingual[]
  pack: string | null
}

export interface Pack {
  id: string
  asOf: string
  createdAt: string
  manifestSha256: string
  previous: string | null
  bytes: number
}

export interface Verification {
  holds: boolean
  id: string | null
  site: string | null
  asOf: string | null
  createdAt: string | null
  notice: Bilingual | null
  manifestSha256: string
  fileSha256: string
  bytes: number
  batches: number
  devices: number
  result: Bilingual
  problems: { file: string; place: Bilingual; text: Bilingual }[]
  problemCount: number
  notes: Bilingual[]
  /** Live challenges in it, by who asked. */
  challenges: Bilingual
}

export interface AuditEntry {
  sequence: number
  at: string
  who: string
  what: string
  facts: Record<string, string>
}

export interface Page<T> {
  total: number
  offset: number
  items: T[]
}
