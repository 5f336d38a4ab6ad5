import { derive, print } from 'gradus'

// A network with one hidden unit: definitions use each other, and fold back in the result.
const loss = derive('1/N*sum((y - yhat)^2)', { let: ['a = tanh(w*x + b)', 'yhat = v*a + c'] })

console.log(print(loss, 'text'))

export default loss
