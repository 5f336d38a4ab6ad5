import { derive, print } from 'gradus'

// The mean squared error of a model f. It is unfolded only where the derivative meets it.
const loss = derive('1/N*sum((y - f(x))^2)', { let: ['f(x) = m*x + b'] })

console.log(print(loss, 'text'))

export default loss
