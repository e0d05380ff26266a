import { area } from '@/app/area'

export default area({
  id: 'provider',
  pages: [
    {
      path: '/provider',
      name: 'provider',
      title: 'provider.title',
      access: ['admin', 'engineer'],
      component: () => import('./ProviderPage.vue'),
      nav: { section: 'assess', order: 30, icon: 'provider' },
    },
    { path: '/provider/:site', name: 'provider.site', title: 'provider.site', access: ['admin', 'engineer'], component: () => import('./SitePage.vue') },
  ],
})
