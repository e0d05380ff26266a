import { area, type Access } from '@/app/area'

const everybody: Access = ['admin', 'engineer', 'assessor', 'viewer']
const readers: Access = ['admin', 'engineer', 'assessor']

export default area({
  id: 'assessment',
  pages: [
    {
      path: '/assessment',
      name: 'assessment',
      title: 'assessment.title',
      access: everybody,
      component: () => import('./ScorePage.vue'),
      nav: { section: 'assess', order: 10, icon: 'assessment' },
    },
    { path: '/assessment/devices', name: 'assessment.devices', title: 'assessment.devices.title', access: everybody, component: () => import('./DevicesPage.vue') },
    { path: '/assessment/items', name: 'assessment.items', title: 'assessment.items.title', access: everybody, component: () => import('./ItemsPage.vue') },
    { path: '/assessment/scenes', name: 'assessment.scenes', title: 'assessment.scenes.title', access: everybody, component: () => import('./ScenesPage.vue') },
    { path: '/assessment/compare', name: 'assessment.compare', title: 'assessment.compare.title', access: everybody, component: () => import('./ComparePage.vue') },
    { path: '/assessment/findings', name: 'assessment.findings', title: 'assessment.findings.title', access: everybody, component: () => import('./FindingsPage.vue') },
    { path: '/assessment/documents', name: 'assessment.documents', title: 'assessment.documents.title', access: readers, component: () => import('./DocumentsPage.vue') },
    { path: '/assessment/print', name: 'assessment.print', title: 'assessment.print.title', access: everybody, component: () => import('./PrintPage.vue') },
    { path: '/assessment/challenge', name: 'assessment.challenge', title: 'assessment.challenge.title', access: readers, component: () => import('./ChallengePage.vue') },
  ],
})
