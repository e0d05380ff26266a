import { onScopeDispose, ref, type Ref } from 'vue'
import { address, type Query } from './api'
import { noteAnswer } from './connection'

export type LiveState = 'connecting' | 'open' | 'lost'

/** A subscription to the program's event stream. */
export interface Live {
  /** `lost` while the stream is down; values on the page are then those of {@link lastAt}. */
  state: Ref<LiveState>
  /** When anything came last, by this browser's clock; 0 before the first. */
  lastAt: Ref<number>
  close(): void
}

type Handlers = Record<string, (data: never) => void>

const firstPauseMs = 500
const longestPauseMs = 20_000
/** The program sends a heartbeat each 15 s; three missed ones mean that the line is dead although nobody closed it. */
const silenceMs = 50_000

/**
 * Follows topics until the calling component is gone: `useLive({ overview: (o: Overview) => … }, { device })`.
 * Reconnects by itself with growing, scattered pauses, so that a restarted program is not met by every screen at once.
 */
export function useLive(handlers: Handlers, query: Query = {}): Live {
  const state = ref<LiveState>('connecting')
  const lastAt = ref(0)
  const url = address('/api/live', { topics: Object.keys(handlers).join(','), ...query })
  let source: EventSource | undefined
  let timer = 0
  let watchdog = 0
  let attempts = 0
  let closed = false

  function open(): void {
    source = new EventSource(url)
    source.onopen = () => {
      state.value = 'open'
      attempts = 0
      heard()
    }
    source.onerror = again
    for (const [topic, handle] of Object.entries(handlers)) {
      source.addEventListener(topic, (event) => {
        heard()
        handle(JSON.parse((event as MessageEvent<string>).data) as never)
      })
    }
    source.addEventListener('heartbeat', heard)
  }

  function heard(): void {
    lastAt.value = Date.now()
    noteAnswer()
    clearTimeout(watchdog)
    watchdog = window.setTimeout(again, silenceMs)
  }

  function again(): void {
    source?.close()
    clearTimeout(watchdog)
    clearTimeout(timer)
    if (closed) return
    state.value = 'lost'
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** attempts++)
    timer = window.setTimeout(open, pauseMs * (0.5 + Math.random() / 2))
  }

  function close(): void {
    closed = true
    source?.close()
    clearTimeout(timer)
    clearTimeout(watchdog)
  }

  open()
  onScopeDispose(close)
  return { state, lastAt, close }
}
