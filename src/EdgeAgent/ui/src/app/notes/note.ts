/** A state that people meet, as the overview of the API tells it. */
export interface Note {
  code: string
  severity: 'error' | 'warning' | 'info'
  /** What it is about, for instance an agent; may be empty. */
  subject: string
  since: string | null
  /** In the words of whoever reported it; may be empty. */
  detail: string
  detailZh?: string | null
}

/** Codes that the pages have a text for (`app.notes.<code>`), with the pages where something can be done about them, best first. */
export const noteTargets: Readonly<Record<string, readonly string[]>> = {
  STORE_DOWN: [],
  BROKER_DOWN: [],
  HUB_UNREACHABLE: [],
  NO_HUB_HERE: [],
  NO_AGENT: ['engineering.agents', 'agents', 'engineering'],
  AGENT_PENDING: ['engineering.agents', 'agents', 'engineering'],
  AGENT_OFFLINE: ['topology'],
  AGENT_FORKED: ['engineering.agents', 'agents', 'engineering'],
  AGENT_CLOCK_WRONG: [],
  CLOCK_WRONG: [],
  BROWSER_CLOCK: [],
  BUFFER_FULL: [],
  EMPTY_PLANT: ['engineering.add', 'engineering.devices', 'engineering'],
  NO_LEDGER: ['ledger'],
  ASSESSMENT_FAILED: ['assessment'],
  SIMULATED: [],
}
