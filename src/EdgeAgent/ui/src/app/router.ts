import { nextTick } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { Page } from './area'
import { pages } from './areas'
import { session } from './session'
import { forcedTheme } from './theme'

declare module 'vue-router' {
  interface RouteMeta {
    page?: Page
  }
}

const routes: RouteRecordRaw[] = pages.map((page) => ({ path: page.path, name: page.name, component: page.component, meta: { page } }))

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...routes,
    { path: '/:rest(.*)*', name: 'nothing-here', component: () => import('./states/NothingHere.vue') },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

/** The first page of the navigation that the person may open. */
export function home(): string {
  const open = pages.filter((page) => page.nav && session.may(page.access))
  return open.find((page) => page.path === '/')?.path ?? open[0]?.path ?? '/login'
}

router.beforeEach(async (to) => {
  // While the program has not answered, the shell says so instead of the page.
  if (!session.known) return true
  const name = to.name
  if (session.firstStart && name !== 'first-start' && !session.openState && router.hasRoute('first-start')) return { name: 'first-start' }
  if (session.firstStart && name === 'login' && router.hasRoute('first-start')) return { name: 'first-start' }
  if (!session.firstStart && name === 'first-start') return home()
  if (session.mustChangePassword && name !== 'password' && router.hasRoute('password')) return { name: 'password' }
  if (to.meta.page && !session.may(to.meta.page.access) && !session.isLoggedIn && router.hasRoute('login')) {
    return session.firstStart ? { name: 'first-start' } : { name: 'login', query: { next: to.fullPath } }
  }
  // Logged in and not allowed: the shell shows why, at the address that was asked for.
  return true
})

router.afterEach((to, from) => {
  forcedTheme.value = to.meta.page?.theme
  if (from.name && to.path !== from.path) {
    // A screen reader and the tab key begin at the new page's heading.
    void nextTick(() => document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true }))
  }
})

/** Where to go after logging in; only addresses of our own. */
export function nextAfterLogin(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : home()
}
