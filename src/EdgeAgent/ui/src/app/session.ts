import { computed, reactive, readonly } from 'vue'
import type { Access } from './area'
import { api } from './api'

export type Role = 'admin' | 'engineer' | 'viewer' | 'assessor'

/** What `GET /api/session` says; it answers everybody. */
interface SessionAnswer {
  firstStart: boolean
  name: string | null
  role: string | null
  csrf: string | null
  anonymous: string
  mustChangePassword: boolean
  site: string
  enterprise: string | null
  simulated: boolean
  version: string
  /** What is open to the caller, for buttons: `ManageAccounts`. */
  permissions: string[]
  /** The program's clock. */
  now: string
  setupCodeNeeded: boolean
}

const state = reactive({
  /** Whether the program has answered at least once. */
  known: false,
  /** Nobody has made the first administrator yet. */
  firstStart: false,
  /** The first start needs the code that the program printed: this browser is on another machine. */
  setupCodeNeeded: false,
  name: null as string | null,
  role: null as Role | null,
  csrf: null as string | null,
  /** Whether the state can be seen without logging in. */
  openState: false,
  mustChangePassword: false,
  site: '',
  enterprise: null as string | null,
  /** Whether any figure comes from simulated devices. */
  simulated: false,
  version: '',
  permissions: [] as string[],
  /** How far this browser's clock is ahead of the program's. */
  clockOffsetMs: 0,
  /** The person was logged in and the program does not know of it any more. */
  hasExpired: false,
})

const isLoggedIn = computed(() => state.name !== null)

async function refresh(): Promise<void> {
  try {
    const answer = await api.get<SessionAnswer>('/api/session')
    state.known = true
    state.firstStart = answer.firstStart
    state.setupCodeNeeded = answer.setupCodeNeeded
    state.name = answer.name
    state.role = (answer.role?.toLowerCase() as Role | undefined) ?? null
    state.csrf = answer.csrf
    state.openState = answer.anonymous === 'state'
    state.mustChangePassword = answer.mustChangePassword
    state.site = answer.site
    state.enterprise = answer.enterprise
    state.simulated = answer.simulated
    state.version = answer.version
    state.permissions = answer.permissions
    state.clockOffsetMs = Date.now() - new Date(answer.now).getTime()
    if (answer.name) state.hasExpired = false
  } catch {
    // Not reachable: the shell says so and asks again; a page that was open stays as it is.
  }
}

/** Throws a Problem with what to tell: a wrong password, too many attempts. */
async function logIn(name: string, password: string): Promise<void> {
  await api.post('/api/session', { name, password })
  await refresh()
}

async function logOut(): Promise<void> {
  await api.delete('/api/session')
  state.hasExpired = false
  await refresh()
}

/** Called when the program answers 401 to somebody who was logged in. */
function expired(): void {
  if (!isLoggedIn.value) return
  state.name = null
  state.role = null
  state.csrf = null
  state.hasExpired = true
}

/** Whether the person in front may open a page, or see a button. */
function may(access: Access): boolean {
  if (access === 'open') return true
  // Until the password is changed the program answers nothing else.
  if (access === 'state') return isLoggedIn.value ? !state.mustChangePassword : state.openState
  return state.role !== null && access.includes(state.role)
}

/** Whether the program would let the person do something: for buttons whose roles only the program knows. */
function can(permission: string): boolean {
  return state.permissions.includes(permission)
}

/** Who is in front of the screen, and where. */
export const session = reactive({
  ...toRefsOf(readonly(state)),
  isLoggedIn,
  refresh,
  logIn,
  logOut,
  expired,
  may,
  can,
})

function toRefsOf<T extends object>(source: T): { [K in keyof T]: import('vue').ComputedRef<T[K]> } {
  return Object.fromEntries(Object.keys(source).map((key) => [key, computed(() => source[key as keyof T])])) as never
}
