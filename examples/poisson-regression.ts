import { derive, print } from 'gradus'

// The negative log-likelihood of counts y with the rate exp(theta x), pasted as LaTeX.
const loss = derive(String.raw`\sum_{i=1}^{n} \left( e^{\theta x_i} - y_i \theta x_i \right)`)

console.log(print(loss, 'text'))

export default loss
