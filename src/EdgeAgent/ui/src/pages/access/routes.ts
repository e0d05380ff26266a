import { area } from '@/app/area'

export default area({
  id: 'access',
  pages: [
    { path: '/login', name: 'login', title: 'access.login.title', access: 'open', frame: 'bare', component: () => import('./LoginPage.vue') },
    { path: '/first-start', name: 'first-start', title: 'access.first.title', access: 'open', frame: 'bare', component: () => import('./FirstStartPage.vue') },
    {
      path: '/password',
      name: 'password',
      title: 'access.password.title',
      access: ['admin', 'engineer', 'assessor', 'viewer'],
      component: () => import('./PasswordPage.vue'),
    },
    {
      path: '/accounts',
      name: 'accounts',
      title: 'access.accounts.title',
      access: ['admin'],
      component: () => import('./AccountsPage.vue'),
      nav: { section: 'system', order: 10, icon: 'accounts' },
    },
    {
      path: '/tokens',
      name: 'tokens',
      title: 'access.tokens.title',
      access: ['admin'],
      component: () => import('./TokensPage.vue'),
      nav: { section: 'system', order: 20, icon: 'tokens' },
    },
    {
      path: '/audit',
      name: 'audit',
      title: 'access.audit.title',
      access: ['admin', 'assessor'],
      component: () => import('./AuditPage.vue'),
      nav: { section: 'system', order: 30, icon: 'audit' },
    },
  ],
})
