// Before anything is painted: the comfort settings that were chosen on this phone, and the text size of an iPhone.
// A file of its own, because the security policy allows no script inside the page.
;(() => {
  const root = document.documentElement
  try {
    root.dataset.comfort = localStorage.getItem('comfort') || ''
  } catch {
    // A browser that keeps nothing has nothing to remember.
  }
  // iPhones tell the text size of the system only through this font: 17 px where nothing was changed. Ours is 16.
  if (!CSS.supports('font', '-apple-system-body') || !CSS.supports('-webkit-touch-callout', 'default')) return
  root.style.font = '-apple-system-body'
  const size = Number.parseFloat(getComputedStyle(root).fontSize)
  root.style.font = ''
  if (size > 0) root.style.fontSize = `${(size * 16) / 17}px`
})()
