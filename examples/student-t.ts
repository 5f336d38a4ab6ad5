import { derive, print } from 'gradus'

// The negative log-likelihood of Student's t distribution, robust against outliers.
const loss = derive('(nu+1)/2*sum(log(1 + (y-mu)^2/(nu*sigma^2)))', { wrt: ['mu', 'sigma'] })

console.log(print(loss, 'text'))

export default loss
