import { derive, print } from 'gradus'

// A curve that decays over time t, not linear in its parameter k.
const loss = derive('1/N*sum((y - a*exp(-k*t))^2)', { wrt: ['a', 'k'] })

console.log(print(loss, 'text'))

export default loss
