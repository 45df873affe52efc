// A stopwatch inside the page: from the touch of a finger, by the browser's own clock, until the answer is painted.

/** What is looked for: something that can be seen, whose words begin so. */
export interface Sight {
  readonly selector: string
  readonly words: string
}

declare global {
  interface Window {
    /** When the page was touched last, in milliseconds since it was opened. */
    touched: number
    /** When the sight was painted: answers at once if it is there. */
    seen(sight: Sight): Promise<number>
  }
}

/** Run before the page's own code. */
export function stopwatch(): void {
  window.touched = 0
  addEventListener('pointerdown', (event) => (window.touched = event.timeStamp), true)
  window.seen = ({ selector, words }) =>
    new Promise((done) => {
      const there = () =>
        [...document.querySelectorAll(selector)].some((one) => one.textContent?.startsWith(words))
      const look = () => {
        if (!there()) return
        watch.disconnect()
        // The frame that shows it has been painted when the next one begins.
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
      }
      const watch = new MutationObserver(look)
      watch.observe(document, { subtree: true, childList: true, characterData: true })
      look()
    })
}
