import { language } from '@/app/i18n'
import type { BadgeState } from '@/design'
import type { Attention, Bilingual, Share } from './model'

/** A text in the language of the pages. */
export const told = (text: Bilingual): string => (language.value === 'zh' ? text.zh : text.en)

/** How grave one reason is. */
export const stateOf = (reason: Attention | undefined): BadgeState => (!reason ? 'good' : reason.weight >= 60 ? 'bad' : reason.weight >= 20 ? 'warn' : 'info')

export const shareOf = (share: Share | null): number | null => (share && share.d > 0 ? share.n / share.d : null)

/** Kinds of trouble that a provider looks for, in the order of their weight. */
export const troubles = ['STOPPED_SENDING', 'OVERDUE', 'SEVERE_FINDINGS', 'NO_LEDGER', 'AGENTS_OFFLINE', 'ACCEPTANCE_SOON', 'BELOW_LEVEL_2', 'LOW_COMPLETENESS', 'ALARMS', 'UNLEDGERED', 'INCOMPLETE', 'CLOSE_TO_NEXT'] as const
