import { derive, print } from 'gradus'

// The second derivatives of logistic regression: each entry of the Hessian once.
const loss = derive('-1/N*sum(y*log(p) + (1-y)*log(1-p))', { let: ['p = sigmoid(w*x + b)'], order: 2 })

console.log(print(loss, 'text'))

export default loss
