import { noteAnswer, noteSilence } from './connection'
import { language } from './i18n'
import { isAbort, Problem } from './problem'
import { session } from './session'

export type Query = Record<string, string | number | boolean | undefined | null>

export interface Ask {
  query?: Query
  signal?: AbortSignal
  /** Further headers, for instance If-Match. */
  headers?: Record<string, string>
}

/** The program's REST API: JSON both ways, the session's cookie and CSRF token on everything that changes something, failures as {@link Problem}. */
export const api = {
  get: <T>(path: string, ask: Ask = {}) => send<T>('GET', path, undefined, ask),
  post: <T = void>(path: string, body?: unknown, ask: Ask = {}) => send<T>('POST', path, body, ask),
  put: <T = void>(path: string, body?: unknown, ask: Ask = {}) => send<T>('PUT', path, body, ask),
  patch: <T = void>(path: string, body?: unknown, ask: Ask = {}) => send<T>('PATCH', path, body, ask),
  delete: <T = void>(path: string, body?: unknown, ask: Ask = {}) => send<T>('DELETE', path, body, ask),

  /** A file as it is, for instance a picture or a workbook; a form with several parts works too. */
  upload: <T = void>(path: string, content: Blob | FormData, ask: Ask = {}) => send<T>('POST', path, content, ask),

  /** Lets the browser save what the path answers, under the name the program gives it. */
  async download(path: string, ask: Ask & { body?: unknown; name?: string } = {}): Promise<void> {
    const answer = await request(ask.body === undefined ? 'GET' : 'POST', path, ask.body, ask)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await answer.blob())
    link.download = ask.name ?? fileName(answer.headers.get('Content-Disposition')) ?? path.split('/').at(-1) ?? 'download'
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  },
}

/** Path and query; parameters that are undefined, null or empty are left out. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string | number | boolean] => pair[1] !== undefined && pair[1] !== null && pair[1] !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

async function send<T>(method: string, path: string, body: unknown, ask: Ask): Promise<T> {
  const answer = await request(method, path, body, ask)
  const isJson = /[/+]json/.test(answer.headers.get('Content-Type') ?? '')
  return (answer.status === 204 ? undefined : isJson ? await answer.json() : await answer.text()) as T
}

async function request(method: string, path: string, body: unknown, ask: Ask): Promise<Response> {
  const headers: Record<string, string> = { ...ask.headers, 'Accept-Language': language.value, Accept: 'application/json, application/problem+json, */*' }
  if (method !== 'GET' && session.csrf) headers['X-CSRF-Token'] = session.csrf
  const isRaw = body instanceof Blob || body instanceof FormData
  if (body !== undefined && !isRaw) headers['Content-Type'] = 'application/json'
  let answer: Response
  try {
    answer = await fetch(address(path, ask.query), {
      method,
      headers,
      body: body === undefined ? undefined : isRaw ? body : JSON.stringify(body),
      signal: ask.signal,
      credentials: 'same-origin',
      cache: 'no-store',
    })
  } catch (problem) {
    if (isAbort(problem)) throw problem
    noteSilence()
    throw new Problem(0, 'unreachable', '')
  }
  noteAnswer()
  if (answer.ok) return answer
  const problem = await readProblem(answer)
  if (answer.status === 401 && path !== '/api/session') session.expired()
  throw problem
}

async function readProblem(answer: Response): Promise<Problem> {
  const text = await answer.text().catch(() => '')
  try {
    const told = JSON.parse(text) as { title?: string; detail?: string; code?: string; errors?: Record<string, string[]> }
    return new Problem(answer.status, told.title ?? answer.statusText, told.detail ?? '', told.errors, told.code)
  } catch {
    return new Problem(answer.status, answer.statusText || `HTTP ${answer.status}`, text.length < 400 ? text : '')
  }
}

function fileName(disposition: string | null): string | undefined {
  const extended = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  return extended ? decodeURIComponent(extended) : disposition?.match(/filename="?([^";]+)"?/i)?.[1]
}
