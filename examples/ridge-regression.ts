import { derive, print } from 'gradus'

// Several features and an L2 penalty: the derivative by one weight, w_k, meets a Kronecker delta.
const loss = derive('1/N*sum((y - sum(j=1..d, w_j*x_j))^2) + lambda*sum(j=1..d, w_j^2)', { wrt: ['w_k'] })

console.log(print(loss, 'text'))

export default loss
