import { derive, print } from 'gradus'

// Nothing is said of f, so its gradient stays in the result: ∇ stands for all of its parameters.
const loss = derive('1/N*sum((y - f(x))^2)')

console.log(print(loss, 'text'))

export default loss
