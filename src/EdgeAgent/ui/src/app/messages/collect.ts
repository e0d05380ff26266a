export type Texts = { [key: string]: string | Texts }

/** Puts the texts of each area under its folder's name. */
export function collect(modules: Record<string, { default: Texts }>): Texts {
  return Object.fromEntries(Object.entries(modules).map(([path, module]) => [path.split('/').at(-2) as string, module.default]))
}
