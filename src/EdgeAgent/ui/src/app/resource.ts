import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { asProblem, isAbort, type Problem } from './problem'
import { reachable } from './connection'

/** Something asked of the program, as a page shows it. */
export interface Resource<T> {
  /** The newest answer; stays while it is asked again. */
  data: ShallowRef<T | undefined>
  /** Why the newest attempt failed; gone with the next answer. */
  problem: Ref<Problem | undefined>
  loading: Ref<boolean>
  reload(): Promise<void>
}

export interface ResourceOptions {
  /** Ask again when one of these changes. */
  watch?: WatchSource | WatchSource[]
  /** Ask again this long after each answer, while the page is visible. */
  everyMs?: number
}

/**
 * Asks now, again on demand, and gives up when the component goes away:
 * `const devices = useResource((signal) => api.get<DeviceList>('/api/devices', { signal }))`.
 */
export function useResource<T>(ask: (signal: AbortSignal) => Promise<T>, options: ResourceOptions = {}): Resource<T> {
  const data = shallowRef<T>()
  const problem = ref<Problem>()
  const loading = ref(false)
  let running: AbortController | undefined
  let timer = 0

  async function reload(): Promise<void> {
    running?.abort()
    clearTimeout(timer)
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const answer = await ask(mine.signal)
      if (running !== mine) return
      data.value = answer
      problem.value = undefined
    } catch (thrown) {
      if (running !== mine || isAbort(thrown)) return
      problem.value = asProblem(thrown)
    }
    loading.value = false
    if (options.everyMs) timer = window.setTimeout(tick, options.everyMs)
  }

  function tick(): void {
    if (document.visibilityState === 'visible') void reload()
    else timer = window.setTimeout(tick, 1000)
  }

  if (options.watch) watch(options.watch, () => void reload())
  // A page that failed because the program was away mends itself when it is back.
  watch(reachable, (is) => {
    if (is && problem.value?.isUnreachable) void reload()
  })
  onScopeDispose(() => {
    const mine = running
    running = undefined
    mine?.abort()
    clearTimeout(timer)
  })
  void reload()
  return { data, problem, loading, reload }
}
