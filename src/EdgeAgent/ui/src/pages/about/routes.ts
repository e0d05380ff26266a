import { area } from '@/app/area'

export default area({
  id: 'about',
  pages: [
    {
      path: '/about',
      name: 'about',
      title: 'about.title',
      access: 'open',
      component: () => import('./AboutPage.vue'),
      nav: { section: 'system', order: 90, icon: 'info' },
    },
  ],
})
