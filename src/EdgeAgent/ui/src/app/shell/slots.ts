import { shallowReactive, type Component } from 'vue'

/**
 * Places in the shell that an area may fill from a `shell.ts` in its folder (found like routes): `export default { topBar: AlarmBell }`.
 * A component there decides by itself whether it has anything to show.
 */
export interface ShellPart {
  topBar?: Component
}

const modules = import.meta.glob<{ default: ShellPart }>('../../pages/*/shell.ts', { eager: true })

export const shellSlots = shallowReactive({
  topBar: Object.values(modules).flatMap((module) => (module.default.topBar ? [module.default.topBar] : [])),
})
