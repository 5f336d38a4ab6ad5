import { derive, print } from 'gradus'

// The root stands outside the sum, so this gradient is no average of the gradients of samples.
const loss = derive('sqrt(1/N*sum((y-m*x-b)^2))')

console.log(print(loss, 'text'))

export default loss
