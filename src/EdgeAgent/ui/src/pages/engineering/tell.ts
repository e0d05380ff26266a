import { i18n, t } from '@/app/i18n'
import { asProblem } from '@/app/problem'
import { toast, toastProblem } from '@/app/toasts'
import { draft } from './draft'
import { placeOf } from './places'
import type { ProblemView } from './types'

/** Says what went wrong; for a draft with errors, which they are. */
export function tell(thrown: unknown): void {
  const problem = asProblem(thrown)
  const errors = Object.values(problem.errors as unknown as Record<string, ProblemView>)
  if (problem.status !== 422 || errors.length === 0) {
    toastProblem(thrown)
    return
  }
  const lines = errors.slice(0, 5).map((error) => [placeOf(error.path, draft.config, i18n.global).text, error.problem, error.expected, error.tryNext].filter(Boolean).join(' · '))
  toast('bad', t('engineering.config.errors', { count: errors.length }), lines.join('\n'))
}
