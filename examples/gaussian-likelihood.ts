import { derive, print } from 'gradus'

// The negative log-likelihood of a normal distribution, up to a constant.
const loss = derive('sum(log(sigma) + (y-mu)^2/(2*sigma^2))', { wrt: ['mu', 'sigma'] })

console.log(print(loss, 'text'))

export default loss
