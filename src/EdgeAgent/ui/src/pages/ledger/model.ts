export interface Field {
  key: string
  header: string
  required: boolean
  lengthMax: number
  isDate: boolean
  words: string[]
}

export interface Stop {
  id: string
  assetNo: string
  from: string
  to: string
  reason: string
  loggedAt: string
}

export interface Profile {
  name: string
  creditCode: string
  legalRepresentative: string
  address: string
  contact: string
  contactNumber: string
  industry: string
  qualityClass: string
}

export interface Project {
  name: string
  contractNo: string
  from: string
  to: string | null
  provider: string
  systems: string[]
  costs: { contractYuan: number }[]
  totalYuan?: number
}

export interface Ledger {
  source: 'events' | 'file' | 'none'
  sequence: number
  stamp: string
  assets: number
  fields: Field[]
  areas: { workshop: string; line: string; note: string; declared: boolean }[]
  processes: { name: string; isKey: boolean; workshop: string; note: string; declared: boolean }[]
  stops: Stop[]
  profile: Profile | null
  project: Project | null
  industries: string[]
  qualityClasses: string[]
  systems: string[]
}

export interface AssetRow {
  fields: Record<string, string>
  files: number
  devices: string[]
}

export interface AssetPage {
  total: number
  offset: number
  items: AssetRow[]
  stamp: string
  asOf: string
}

export interface FieldChange {
  field: string
  before: string
  after: string
}

export interface Change {
  sequence: number
  at: string
  who: string
  why: string
  origin: string
  subject: string
  what: string
  fields: FieldChange[]
  hash: string
}

export interface Binding {
  agent: string
  device: string
  assetNo: string
  from: string
  to: string | null
  note: string
}

export interface Asset {
  fields: Record<string, string>
  stamp: string
  files: { sha256: string; name: string; kind: string; bytes: number }[]
  bindings: Binding[]
  stops: Stop[]
  history: Change[]
}

export interface BoundDevice {
  agent: string
  device: string
  driver: string
  address: string
  configured: string
  bound: string
  inLedger: boolean
  class: string
}

export interface Import {
  id: string
  file: string
  rows: number
  canCommit: boolean
  errors: { sheet: string; row: number; column: string; value: string; problem: { zh: string; en: string }; expected: { zh: string; en: string } }[]
  adds: { row: number; assetNo: string; name: string }[]
  changes: { row: number; assetNo: string; name: string; fields: FieldChange[] }[]
  /** Areas, processes, bindings, stops, scenes and names of files, from the other sheets. */
  others: { sheet: string; row: number; subject: string; kind: 'add' | 'change' | 'remove'; what: string }[]
  passedOver: string[]
  unchanged: number
  missing: string[]
  removesMissing: boolean
}

export interface Recorded {
  sequence: number
  stamp: string
}

/** What a form field holds. */
export type Typed = string | number | null | undefined

export const editors = ['admin', 'engineer'] as const
