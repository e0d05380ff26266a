import type { Standing } from '@/pages/devices/types'

export type Medium = 'ethernet' | 'serial' | 'broker' | 'file' | 'web'

export interface Topology {
  at: string
  site: string
  enterprise: string | null
  simulated: boolean
  hub: { store: string; storeAvailable: boolean; brokerConnected: boolean } | null
  brokers: { address: string; embedded: boolean }[]
  agents: AgentNode[]
  links: { driver: string; link: Medium; devices: number; online: number }[]
  areas: { area: string; line: string; machines: number; connected: number; networked: number }[]
}

export interface AgentNode {
  name: string
  standing: 'online' | 'offline' | 'pending' | 'revoked' | 'unknown'
  version: string
  isLocal: boolean
  endpoints: EndpointNode[]
}

export interface EndpointNode {
  name: string
  driver: string
  link: Medium
  address: string
  connected: boolean | null
  problem: string | null
  problemZh: string | null
  devices: { name: string; asset: string; assetName: string; area: string; line: string; address: string; state: Standing; networked: boolean | null }[]
}
