import { derive, print } from 'gradus'

// Softmax and cross-entropy: with targets that sum to 1 the derivative is the famous p - t.
const loss = derive('-sum(k=1..K, t_k*log(p_k))', {
  let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'],
  wrt: ['z_q'],
  data: ['t'],
  assume: ['sum(k=1..K, t_k) = 1'],
})

console.log(print(loss, 'text'))

export default loss
