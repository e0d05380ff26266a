// Gives the sentences of a Chinese page that are English. Three English words in a row are one; protocols, units and names are shorter.
// Frames, commands and what is marked as English are no sentences of the page. Run inside the page.
() => {
  const found = new Set()
  const look = (text, element) => {
    const own = text.replace(/edgeagent( [a-z-]+)+/g, '')
    if (/(^|[^\w./-])[A-Za-z]?[a-z]+( [a-z]{2,}){2,}/.test(own) && !element.closest('pre, code, [lang=en]')) found.add(`in English: “${text.trim().slice(0, 120)}”`)
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (element && element.checkVisibility()) look(walker.currentNode.data, element)
  }
  for (const name of ['title', 'placeholder', 'aria-label']) {
    for (const element of document.querySelectorAll(`[${name}]`)) look(element.getAttribute(name), element)
  }
  return [...found]
}
