import { derive, print } from 'gradus'

// A smooth relative of the absolute error; sinh over cosh is told to be tanh.
const loss = derive('1/N*sum(log(cosh(y-m*x-b)))')

console.log(print(loss, 'text'))

export default loss
