import { area } from '@/app/area'

export default area({
  id: 'overview',
  pages: [
    { path: '/', name: 'overview', title: 'overview.title', access: 'state', component: () => import('./OverviewPage.vue'), ownNotes: true, nav: { section: 'monitor', order: 10, icon: 'overview' } },
    { path: '/wall', name: 'overview.wall', title: 'overview.wall', access: 'state', component: () => import('./WallPage.vue'), nav: { section: 'monitor', order: 60, icon: 'wall' }, frame: 'bare', theme: 'dark' },
  ],
})
