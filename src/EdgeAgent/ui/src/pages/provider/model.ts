export interface Bilingual {
  zh: string
  en: string
}

export interface Share {
  n: number
  d: number
}

export interface Attention {
  code: string
  weight: number
  text: Bilingual
}

export interface Enterprise {
  site: string
  name: string
  creditCode: string
  industry: string
  provider: string
  devices: number
  digitalization: Share | null
  digitalizationOption: string | null
  networking: Share | null
  networkingOption: string | null
  completeness: Share
  score: number
  level: number
  levelName: string
  toNextLevel: Bilingual | null
  agents: number
  agentsSilent: number
  alarmsActive: number | null
  daysLeft: number | null
  lastData: string | null
  severeFindings: number
  simulated: boolean
  problem: string | null
  attention: Attention[]
  weight: number
}

export interface Portfolio {
  asOf: string
  rulePack: string
  total: number
  atLevel2: number
  assessed: number
  everyCheck: boolean
  simulated: boolean
  refreshing: boolean
  problem: string | null
  industries: { industry: string; enterprises: number; digitalization: Share; networking: Share; atLevel2: Share }[]
  items: Enterprise[]
}

export interface Site {
  enterprise: Enterprise
  isOwn: boolean
  asOf: string
  agents: { agent: string; lastReading: string | null; silent: boolean }[]
  devices: { assetNo: string; name: string; workshop: string; networked: boolean; digital: boolean; reasons: Bilingual[] }[]
  findings: { severity: 'severe' | 'warning' | 'notice'; subject: string; label: Bilingual; text: Bilingual; advice: Bilingual }[]
}
