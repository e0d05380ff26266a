import { api } from '@/app/api'
import { useLive } from '@/app/live'
import { useResource, type Resource } from '@/app/resource'
import type { Overview } from './types'

/** The overview, asked once and then told by the event stream. */
export function useOverview(): Resource<Overview> {
  const overview = useResource((signal) => api.get<Overview>('/api/overview', { signal }))
  useLive({
    overview: (told: Overview) => {
      overview.data.value = told
    },
  })
  return overview
}
