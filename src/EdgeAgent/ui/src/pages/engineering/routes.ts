import { area } from '@/app/area'

const engineers = ['engineer', 'admin'] as const

export default area({
  id: 'engineering',
  pages: [
    {
      path: '/engineering/config',
      name: 'engineering.config',
      title: 'engineering.config.title',
      access: engineers,
      component: () => import('./ConfigPage.vue'),
      nav: { section: 'engineer', order: 10, icon: 'engineering' },
    },
    {
      path: '/engineering/add',
      name: 'engineering.add',
      title: 'engineering.add.title',
      access: engineers,
      component: () => import('./AddDevicePage.vue'),
      nav: { section: 'engineer', order: 20, icon: 'plus' },
    },
    {
      path: '/engineering/scan',
      name: 'engineering.scan',
      title: 'engineering.scan.title',
      access: engineers,
      component: () => import('./ScanPage.vue'),
      nav: { section: 'engineer', order: 30, icon: 'search' },
    },
    {
      path: '/engineering/agents',
      name: 'engineering.agents',
      title: 'engineering.agents.title',
      access: engineers,
      component: () => import('./AgentsPage.vue'),
      nav: { section: 'engineer', order: 40, icon: 'topology' },
    },
    {
      path: '/engineering/agents/:site/:agent',
      name: 'engineering.agent',
      title: 'engineering.push.title',
      access: engineers,
      component: () => import('./PushPage.vue'),
    },
  ],
})
