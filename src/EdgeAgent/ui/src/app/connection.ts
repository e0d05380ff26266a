import { ref } from 'vue'

/** Whether the program answered the last time it was asked. */
export const reachable = ref(true)

/** When it answered last, by this browser's clock; the banner says for how long figures have been standing. */
export const answeredAt = ref(Date.now())

export function noteAnswer(): void {
  reachable.value = true
  answeredAt.value = Date.now()
}

export function noteSilence(): void {
  reachable.value = false
}
