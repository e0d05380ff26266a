/** What the engineer's API says; see /api/openapi.json. */
export interface Tag {
  name: string
  address: string
  [member: string]: unknown
}

export interface Device {
  name: string
  template?: string
  asset?: string
  settings?: Record<string, unknown>
  tags?: Tag[]
  tagFile?: string
}

export interface Endpoint {
  name: string
  driver: string
  settings?: Record<string, unknown>
  devices?: Device[]
}

export interface Config {
  site: string
  agent?: { id: string; endpoints?: Endpoint[]; [member: string]: unknown }
  [member: string]: unknown
}

export interface Sheet {
  columns: string[]
  rows: string[][]
}

export interface SheetFile extends Sheet {
  file: string
  encoding: string
  commentLines: number[]
  editable: boolean
}

export interface DeviceVerdict {
  state: 'idle' | 'watching' | 'fine' | 'some-down' | 'all-down'
  since: string
  until: string
  before: string[]
  down: string[]
}

export interface ConfigView {
  path: string
  hash: string
  text: string
  config: Config | null
  tables: SheetFile[]
  notWritable: string | null
  devices: DeviceVerdict | null
}

export interface DraftBody {
  base: string
  text?: string
  config?: Config
  tables?: Record<string, Sheet>
}

export interface ProblemView {
  file: string
  path: string
  line: number
  row: number | null
  column: number | null
  problem: string
  expected: string
  tryNext: string
}

export interface LostComment {
  file: string
  line: number
  text: string
}

export interface CheckView {
  ok: boolean
  errors: ProblemView[]
  errorsTotal: number
  warnings: ProblemView[]
  lostComments: LostComment[]
  text: string
  summary: string | null
}

export interface Change {
  kind: string
  change: 'added' | 'removed' | 'changed'
  zh: string
  en: string
}

export interface DiffView {
  changes: Change[]
  needsRestart: string[]
  lostComments: LostComment[]
}

export interface HistoryEntry {
  id: string
  at: string
  by: string
  comment: string
  hash: string
  outcome: string
}

export interface Applied {
  status: 'applied' | 'same'
  hash: string
  reload: { needsRestart: string[]; restarted: string[]; kept: string[] } | null
}

export interface Page<T> {
  total: number
  offset: number
  items: T[]
}

export interface TemplateView {
  name: string
  description: string
  basis: string
  drivers: string[]
  tags: number
}

export interface TemplateDetail {
  name: string
  description: string
  basis: string
  drivers: string[]
  settings: Record<string, unknown> | null
  tags: Tag[]
  scanClasses: Record<string, number>
}

export interface Schema {
  type?: string | string[]
  description?: string
  descriptionZh?: string
  default?: unknown
  enum?: (string | null)[]
  minimum?: number
  maximum?: number
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
}

export interface DriverView {
  name: string
  endpointSettings: Schema
  deviceSettings: Schema
}

export interface SheetProblem {
  row: number
  column: number
  problem: string
  expected: string
  tryNext: string
}

export interface Pasted extends Sheet {
  problems: SheetProblem[]
  tags: Tag[]
}

export interface ReadResult {
  device: string
  tag: string
  value: string | null
  unit: string
  quality: string
  good: boolean
  sourceTime: string
  problem: string | null
}

export interface ReadView {
  results: ReadResult[]
  place: string
  elapsedMs: number
  advice: string | null
}

export interface Guess {
  type: string
  order: string
  value: string
  plausible: boolean
}

export interface GuessView {
  hex: string | null
  problem: string | null
  guesses: Guess[]
}

export interface BrowsedNode {
  node: string
  address: string
  name: string
  isVariable: boolean
  type: string | null
  value: string | null
}

export interface Certificate {
  thumbprint: string
  subject: string
  applicationUri: string | null
  hosts: string[]
  validFrom: string
  validUntil: string
}

export interface Certificates {
  own: Certificate | null
  rejected: Certificate[]
  trusted: Certificate[]
}

export interface Found {
  driver: string
  place: string
  detail: string
  host: string | null
  port: number
  endpoint: Endpoint | null
  device: Device | null
}

export interface ScanView {
  id: string
  state: 'running' | 'done' | 'cancelled' | 'failed'
  target: string
  progress: string
  asked: { driver: string; port: number; units: number[] }[]
  found: Found[]
  notes: string[]
  problem: string | null
}

export interface Push {
  revision: number
  stage: 'Sent' | 'Confirming' | 'Kept' | 'Refused' | 'RolledBack' | 'Expired'
  sentAt: string
  expiresAt: string
  answeredAt: string | null
  by: string
  comment: string
  problems: string[]
}

export interface Agent {
  site: string
  agent: string
  status: 'pending' | 'approved' | 'revoked'
  fingerprint: string
  newFingerprint: string | null
  note: string
  version: string
  configHash: string
  clockOffsetMs: number | null
  firstSeen: string
  lastSeen: string
  online: boolean | null
  devices: number
  tags: number
  push: Push | null
}

export interface AgentList extends Page<Agent> {
  hubKey: string
  connected: boolean
}
