import { derive, print } from 'gradus'

// The loss of a support vector machine: the kink stands beside the result as a condition.
const loss = derive(String.raw`\frac1N \sum_{i=1}^{N} \max\{0, 1 - y_i (m x_i + b)\}`)

console.log(print(loss, 'text'))

export default loss
