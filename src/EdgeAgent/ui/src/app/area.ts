import type { Component } from 'vue'
import type { IconName } from '@/design/icons'
import type { Role } from './session'

/** Who may open a page: anybody at all, whoever may see the state (a session, or `web.anonymous: "state"`), or some roles. */
export type Access = 'open' | 'state' | readonly Role[]

/** The headings of the navigation, in their order. */
export const sections = ['monitor', 'assess', 'engineer', 'system'] as const
export type Section = (typeof sections)[number]

export interface NavigationEntry {
  section: Section
  /** Position within the section; leave gaps of 10. */
  order: number
  icon: IconName
}

export interface Page {
  /** Path of the router, for instance `/devices/:name`. */
  path: string
  /** Unique over all areas, `area` or `area.something`. */
  name: string
  /** Key of the title in the texts, with the area's id: `devices.title`. */
  title: string
  access: Access
  /** Loaded when the page is opened. */
  component: () => Promise<{ default: Component }>
  /** Shown in the navigation; pages with parameters have none. */
  nav?: NavigationEntry
  /** `bare` takes the whole window, without navigation (login, wall display). */
  frame?: 'full' | 'bare'
  /** The page shows the plant's notes itself, by `NoteList`; elsewhere the shell shows the grave ones. */
  ownNotes?: boolean
  /** Fixes the colours of the page; otherwise the person chooses. */
  theme?: 'light' | 'dark'
}

export interface Area {
  /** The folder's name; texts of the area are under it: `t('devices.title')`. */
  id: string
  pages: readonly Page[]
}

/** Declares an area in its `routes.ts`; exists for its types. */
export const area = (declared: Area): Area => declared
