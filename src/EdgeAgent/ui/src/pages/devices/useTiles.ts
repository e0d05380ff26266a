import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useLive, type Live } from '@/app/live'
import { keyOf, type Tile } from './types'

/**
 * All tiles, kept up by the event stream. Changes are gathered and shown with the next frame at most four times a second, so that
 * a thousand devices that change sixty times a second cost one pass over the list now and then.
 */
export function useTiles(): { tiles: ShallowRef<readonly Tile[]>; known: Ref<boolean>; live: Live } {
  const tiles = shallowRef<readonly Tile[]>([])
  const known = ref(false)
  const places = new Map<string, number>()
  const waiting = new Map<string, Tile>()
  let timer = 0

  const live = useLive({
    devices: (told: { whole: boolean; items: Tile[] }) => {
      if (told.whole) {
        waiting.clear()
        places.clear()
        told.items.forEach((tile, index) => places.set(keyOf(tile), index))
        tiles.value = told.items
        known.value = true
        return
      }
      for (const tile of told.items) waiting.set(keyOf(tile), tile)
      if (!timer) timer = window.setTimeout(show, 250)
    },
  })

  function show(): void {
    timer = 0
    const next = tiles.value.slice()
    for (const [key, tile] of waiting) {
      const place = places.get(key)
      if (place === undefined) {
        places.set(key, next.length)
        next.push(tile)
      } else {
        next[place] = tile
      }
    }
    waiting.clear()
    tiles.value = next
  }

  onScopeDispose(() => clearTimeout(timer))
  return { tiles, known, live }
}
