import { derive, print } from 'gradus'

// The cross-entropy of a probability p. The name p is kept, and comes back in the result.
const loss = derive('-1/N*sum(y*log(p) + (1-y)*log(1-p))', { let: ['p = sigmoid(w*x + b)'] })

console.log(print(loss, 'text'))

export default loss
