import { derive, evaluate, parse } from 'gradus'
import { expect, test } from 'vitest'

/** A derivative in front of a pasted loss asks for itself: its value is the slope of what follows it. */
const asked: readonly (readonly [text: string, loss: string, by: readonly string[]])[] = [
  [String.raw`\frac{d}{dx} x^2`, 'x^2', ['x']],
  [String.raw`\frac{d}{dx} \frac{1}{2} x^3`, 'x^3/2', ['x']],
  [String.raw`\frac{\partial}{\partial w} (y - w x)^2`, '(y - w*x)^2', ['w']],
  ['d/dx x^2', 'x^2', ['x']],
  ['d/dw (y - w*x)^2', '(y - w*x)^2', ['w']],
  ['d/dx*x^2', '(d/dx)*x^2', ['d', 'dx']],
  ['∂/∂w (y - w*x)^2', '(y - w*x)^2', ['w']],
  [String.raw`\nabla_w \frac12 (y - w x)^2`, '(y - w*x)^2/2', ['w']],
  [String.raw`\nabla (w^2 + b x)`, 'w^2 + b*x', ['w', 'b']],
]

test.each(asked)('%s', (text, loss, by) => {
  const { partials } = derive(text)
  expect(partials.map(({ wrt }) => wrt)).toEqual(by)
  const at: Record<string, number> = { x: 0.7, y: -0.4, w: 1.3, b: 0.2, d: 0.6, dx: 1.7 }
  const value = parse(loss, { wrt: by })
  for (const { wrt, result } of partials) {
    const step = 1e-5
    const [up, down] = [step, -step].map((h) => evaluate(value, { ...at, [wrt]: at[wrt]! + h }))
    expect(evaluate(result, at)).toBeCloseTo((up! - down!) / (2 * step), 8)
  }
})

test('a second derivative in front is told of', () => {
  const { reading } = derive(String.raw`\frac{\partial^2}{\partial w^2} w^3`, { wrt: ['w'] })
  expect(reading.warnings.join()).toContain('--order 2')
})
