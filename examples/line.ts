import { derive, print } from 'gradus'

// The same with the line written out, as `derive "1/N*sum((y-m*x-b)^2)"` prints it.
const loss = derive('1/N*sum((y-m*x-b)^2)')

console.log(print(loss, 'text'))

export default loss
