import { reactive, toRaw } from 'vue'
import { api } from '@/app/api'
import type { Applied, CheckView, Config, ConfigView, DiffView, DraftBody, Sheet } from './types'

/** The configuration somebody is working on, kept while he goes from page to page of this area. */
export const draft = reactive({
  view: undefined as ConfigView | undefined,
  config: null as Config | null,
  /** Set when the file is edited as text; then it alone counts. */
  text: null as string | null,
  tables: {} as Record<string, Sheet>,
  changed: false,
})

/** A device to begin the wizard with, for instance one that a scan found. */
export const start = reactive({ endpoint: undefined as unknown, device: undefined as unknown })

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(toRaw(value))) as T

/** Reads what runs; what was changed here stays unless it is thrown away. */
export async function load(throwAway = false): Promise<void> {
  if (draft.view && draft.changed && !throwAway) return
  const view = await api.get<ConfigView>('/api/engineering/config')
  draft.view = view
  draft.config = view.config ? copy(view.config) : null
  draft.text = null
  draft.tables = {}
  draft.changed = false
}

export function body(): DraftBody {
  const base = draft.view?.hash ?? ''
  return draft.text !== null ? { base, text: draft.text, tables: draft.tables } : { base, config: draft.config ?? undefined, tables: draft.tables }
}

export const check = (): Promise<CheckView> => api.post<CheckView>('/api/engineering/config/check', body())
export const diff = (): Promise<DiffView> => api.post<DiffView>('/api/engineering/config/diff', body())

export async function apply(comment: string, acceptLostComments: boolean): Promise<Applied> {
  const applied = await api.post<Applied>('/api/engineering/config/apply', { draft: body(), comment, acceptLostComments }, { headers: { 'If-Match': `"${draft.view?.hash ?? ''}"` } })
  await load(true)
  return applied
}

/** A table of the draft, edited or as it runs. */
export function sheetOf(file: string): Sheet | undefined {
  const key = file.replace(/^\.\//, '')
  return draft.tables[key] ?? draft.view?.tables.find((table) => table.file === key)
}
