// Looks at the page as it stands and gives a list of what a person would complain of. Run inside the page.
() => {
  const found = []
  const root = document.documentElement
  const name = (element) => {
    const text = (element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40)
    const label = element.classList.length > 0 ? '.' + [...element.classList].join('.') : ''
    return `<${element.tagName.toLowerCase()}${label}> “${text}”`
  }
  if (root.scrollWidth > root.clientWidth + 1) {
    const widest = [...document.querySelectorAll('main *, header *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 3)
    found.push(`scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth} px; ${widest.map(name).join(', ')}`)
  }

  const isIgnored = (element) => element.closest('.unseen, .watermark, [aria-hidden=true], canvas, svg, [hidden]') !== null
  /** The part of a rectangle that its ancestors do not clip away. */
  const visiblePart = (element, rect) => {
    if (!element.checkVisibility()) return null // what a closed <details> holds has a place and is not shown
    let { left, top, right, bottom } = rect
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.visibility === 'hidden' || style.display === 'none' || style.opacity === '0') return null
      if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
        const box = at.getBoundingClientRect()
        left = Math.max(left, box.left)
        right = Math.min(right, box.right)
        top = Math.max(top, box.top)
        bottom = Math.min(bottom, box.bottom)
      }
    }
    return right - left > 2 && bottom - top > 2 ? { left, top, right, bottom } : null
  }

  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode() && texts.length < 4000) {
    const node = walker.currentNode
    const element = node.parentElement
    if (!node.data.trim() || !element || isIgnored(element)) continue
    const first = node.data.trim().match(/^([a-z-]+)\.[a-z][\w.-]*$/i)?.[1]
    if (first && ['app', ...window.edgeagent.areas].includes(first)) found.push(`a text is missing: ${node.data.trim()}`)
    const style = getComputedStyle(element)
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) {
      const seen = rect.width > 1 && rect.height > 1 ? visiblePart(element, rect) : null
      if (seen) texts.push({ element, ...seen, layer: layerOf(element) })
    }
    const cutsWidth = ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && style.textOverflow !== 'ellipsis'
    const cutsHeight = ['hidden', 'clip'].includes(style.overflowY) && element.clientHeight > 0 && element.scrollHeight > element.clientHeight + 3
    if (cutsWidth || cutsHeight) found.push(`cut: ${name(element)}`)
  }

  // A control of which a part is beyond an edge that nobody can scroll.
  for (const control of document.querySelectorAll('button, input, select, textarea, .button')) {
    const rect = control.getBoundingClientRect()
    if (isIgnored(control) || rect.width < 2 || !visiblePart(control, rect)) continue
    for (let at = control.parentElement; at && at !== document.body; at = at.parentElement) {
      if (!['hidden', 'clip'].includes(getComputedStyle(at).overflowX)) continue
      const box = at.getBoundingClientRect()
      if (rect.right > box.right + 2 || rect.left < box.left - 2) found.push(`cut: ${name(control)}`)
    }
  }

  // Things that float above the page on purpose (menus, sticky heads, messages) are a layer of their own.
  function layerOf(element) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (['fixed', 'sticky'].includes(getComputedStyle(at).position) || at.tagName === 'DIALOG') return at
    }
    return null
  }

  texts.sort((a, b) => a.top - b.top)
  const overlaps = new Set()
  for (let i = 0; i < texts.length; i++) {
    for (let j = i + 1; j < texts.length && texts[j].top < texts[i].bottom; j++) {
      const [a, b] = [texts[i], texts[j]]
      if (a.layer !== b.layer || a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      const smaller = Math.min((a.right - a.left) * (a.bottom - a.top), (b.right - b.left) * (b.bottom - b.top))
      if (width > 2 && height > 2 && width * height > smaller * 0.2) overlaps.add(`overlap: ${name(a.element)} and ${name(b.element)}`)
    }
  }
  found.push(...overlaps)

  // What stands in the window must not lie under something else.
  for (const text of texts) {
    if (text.layer) continue
    const x = (text.left + text.right) / 2
    const y = (text.top + text.bottom) / 2
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue
    const top = document.elementFromPoint(x, y)
    if (!top || top === text.element || top.contains(text.element) || text.element.contains(top) || layerOf(top)) continue
    if (top.closest('label') && top.closest('label') === text.element.closest('label')) continue
    found.push(`covered: ${name(text.element)} by ${name(top)}`)
  }
  return [...new Set(found)].slice(0, 20)
}
