import type { Area } from './area'

const modules = import.meta.glob<{ default: Area }>('../pages/*/routes.ts', { eager: true })

/** Every area there is, found by its folder. */
export const areas: readonly Area[] = Object.entries(modules).map(([path, module]) => {
  const folder = path.split('/').at(-2)
  if (module.default.id !== folder) throw new Error(`The area in pages/${folder} calls itself ${module.default.id}.`)
  return module.default
})

export const pages = areas.flatMap((area) => area.pages)
