import { reactive } from 'vue'
import { t } from './i18n'
import { asProblem, isAbort } from './problem'

export type ToastKind = 'good' | 'info' | 'warn' | 'bad'

export interface ToastMessage {
  id: number
  kind: ToastKind
  text: string
  detail?: string
}

export const toasts = reactive<ToastMessage[]>([])

let next = 1

/** Says something at the edge of the page. Good news go by themselves; bad news stay until they are closed. */
export function toast(kind: ToastKind, text: string, detail?: string): void {
  const message: ToastMessage = { id: next++, kind, text, detail }
  toasts.push(message)
  if (toasts.length > 4) toasts.shift()
  if (kind === 'good' || kind === 'info') setTimeout(() => dismiss(message.id), 6000)
}

/** Says what went wrong with something the person did. */
export function toastProblem(thrown: unknown): void {
  if (isAbort(thrown)) return
  const problem = asProblem(thrown)
  if (problem.isUnreachable) toast('bad', t('app.unreachable.title'), t('app.unreachable.detail'))
  else toast('bad', problem.title, problem.detail)
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((message) => message.id === id)
  if (at >= 0) toasts.splice(at, 1)
}
