/** What the program says about accounts, tokens and its log. */
export type RoleName = 'Viewer' | 'Assessor' | 'Engineer' | 'Admin'
export type RoleKey = 'viewer' | 'assessor' | 'engineer' | 'admin'

export const roleNames: readonly RoleName[] = ['Viewer', 'Assessor', 'Engineer', 'Admin']
export const roleKey = (role: RoleName): RoleKey => role.toLowerCase() as RoleKey

export interface Page<T> {
  total: number
  offset: number
  items: T[]
}

export interface Account {
  name: string
  role: RoleName
  mustChangePassword: boolean
  blocked: boolean
  createdAt: string
  passwordChangedAt: string
  lastLoginAt: string | null
}

/** What roles have, as far as a token may be limited to it; the program has the last word. */
const permissionsOf: Record<RoleName, readonly Permission[]> = {
  Viewer: ['ReadState', 'ReadAssessment'],
  Assessor: ['ReadState', 'ReadAssessment', 'ReadEvidence', 'RequestChallenge', 'ReadAudit'],
  Engineer: ['ReadState', 'ReadAssessment', 'ReadEvidence', 'EditAssessment', 'Engineer', 'ManageAlarms'],
  Admin: ['ReadState', 'ReadAssessment', 'ReadEvidence', 'RequestChallenge', 'EditAssessment', 'Engineer', 'ManageAlarms', 'ReadAudit', 'ManageAccounts', 'ManageTokens'],
}

export type Permission =
  | 'ReadState'
  | 'ReadAssessment'
  | 'ReadEvidence'
  | 'RequestChallenge'
  | 'EditAssessment'
  | 'Engineer'
  | 'ManageAlarms'
  | 'ReadAudit'
  | 'ManageAccounts'
  | 'ManageTokens'

export const permissionsFor = (role: RoleName): readonly Permission[] => permissionsOf[role]

export interface Token {
  id: string
  name: string
  role: RoleName
  permissions: Permission[] | null
  createdAt: string
  expiresAt: string
  revokedAt: string | null
  valid: boolean
}

export interface AuditEntry {
  sequence: number
  at: string
  who: string
  what: string
  facts: Record<string, string>
}

export interface AuditPart {
  total: number
  items: AuditEntry[]
  before: number | null
  problem: string | null
  /** Entries about other enterprises, which an assessor does not see. */
  withheld: number
}
