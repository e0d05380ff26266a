// Everything that can be operated now, and what has the focus: the test presses the tab key between calls.
(mode) => {
  const isShown = (element) => {
    const box = element.getBoundingClientRect()
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !element.closest('[inert]')
  }
  const name = (element) =>
    `<${element.tagName.toLowerCase()}> “${(element.getAttribute('aria-label') || element.textContent || element.getAttribute('name') || '').trim().replace(/\s+/g, ' ').slice(0, 50)}”`
  if (mode === 'list') {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
      .filter((e) => !e.disabled && e.tabIndex >= 0 && isShown(e))
    const radios = new Set()
    window.__controls = all.filter((e) => {
      // Of a group of radio buttons the tab key reaches one, arrows the others.
      if (e.type !== 'radio') return true
      if (radios.has(e.name)) return false
      radios.add(e.name)
      return true
    })
    window.__reached = new Set()
    document.activeElement?.blur?.()
    return window.__controls.length
  }
  if (mode === 'left') {
    return window.__controls.filter((e) => e.isConnected && isShown(e) && !window.__reached.has(e) && !(e.type === 'radio' && [...window.__reached].some((r) => r.name === e.name))).map(name)
  }
  const focused = document.activeElement
  if (!focused || focused === document.body) return { done: true }
  // A date field has a stop for each of its parts.
  const again = window.__reached.has(focused) && !['date', 'datetime-local', 'time'].includes(focused.type)
  window.__reached.add(focused)
  const styles = [focused, focused.nextElementSibling, focused.parentElement, focused.closest('label')].filter(Boolean).map((e) => getComputedStyle(e))
  const seen = styles.some((s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none')
  return { again, unseen: seen || !isShown(focused) ? null : name(focused) }
}
