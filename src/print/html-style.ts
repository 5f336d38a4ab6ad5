/** The look of an HTML derivation: light and dark by the reader's setting, plain on paper. */
export const documentStyle = `
:root { color-scheme: light dark; --ink: #1d1f24; --paper: #fdfdfb; --soft: #5c6270; --line: #d9dbe0; --mark: #fff0b8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e4; --paper: #17191d; --soft: #a3a8b4; --line: #3a3e47; --mark: #54470f; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
.gradus { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
.gradus h1 { font-size: 1.5rem; }
.gradus h2 { font-size: 1.15rem; margin: 2.5rem 0 0.5rem; }
.gradus-reading { border-inline-start: 0.25rem solid var(--line); padding: 0.25rem 1rem; }
.gradus-steps { list-style: none; padding: 0; margin: 0; }
.gradus-steps > li { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: center;
  border-block-end: 1px solid var(--line); padding: 0.6rem 0; }
.gradus-steps .gradus-formula { flex: 1 1 auto; max-width: 100%; }
.gradus-why { flex: 0 0 16rem; margin-inline-start: auto; }
.gradus-formula { overflow-x: auto; overflow-y: hidden; padding: 0.15rem 0; }
.gradus-why p { margin: 0; color: var(--soft); font-size: 0.9rem; }
.gradus-why .gradus-labels { color: var(--ink); font-weight: 600; }
.gradus-facts td { padding: 0.1rem 1.5rem 0.1rem 0; }
.gradus-mark { display: inline-block; background: var(--mark); border-radius: 0.2em; }
.gradus-why summary { color: var(--soft); font-size: 0.9rem; cursor: pointer; }
.gradus button { font: inherit; padding: 0.35rem 0.9rem; cursor: pointer; }
.gradus .katex-display { margin: 0.35rem 0; text-align: start; }
.gradus .katex-display > .katex { text-align: start; }
.gradus-reading .katex-display > .katex { white-space: normal; }
@media (max-width: 46rem) { .gradus-why { flex-basis: 100%; } }
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #333; --line: #bbb; --mark: #eee; }
  .gradus button { display: none; }
  .gradus .katex { font-size: 0.95em; }
  .gradus-steps > li { break-inside: avoid; }
  .gradus-mark { print-color-adjust: exact; }
}
`

/** Copies the LaTeX beside the button; works from a file on a disk, where there is no clipboard API. */
export const copyScript = `
document.querySelectorAll('button[data-copies]').forEach(function (button) {
  var words = button.textContent
  function say(text) {
    button.textContent = text
    setTimeout(function () { button.textContent = words }, 2000)
  }
  function copyBySelection(text) {
    var area = document.createElement('textarea')
    area.value = text
    area.style.position = 'fixed'
    area.style.opacity = '0'
    document.body.append(area)
    area.select()
    var done = document.execCommand('copy')
    area.remove()
    say(done ? 'Copied' : 'Could not copy')
  }
  button.addEventListener('click', function () {
    var text = document.getElementById(button.dataset.copies).value
    if (!navigator.clipboard) return copyBySelection(text)
    navigator.clipboard.writeText(text).then(function () { say('Copied') }, function () { copyBySelection(text) })
  })
})
`
