import type { Push } from './types'

const keys: Record<Push['stage'], string> = { Sent: 'sent', Confirming: 'confirming', Kept: 'kept', Refused: 'refused', RolledBack: 'rolledBack', Expired: 'expired' }

/** The text for what became of a configuration that was sent. */
export const stageKey = (stage: Push['stage']): string => `engineering.push.${keys[stage]}`

export const isOpen = (stage: Push['stage']): boolean => stage === 'Sent' || stage === 'Confirming'
