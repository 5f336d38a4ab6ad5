import type { MicroBatches, Verdict } from '../../src/derivation/linearity.ts'
import type { Shapes } from '../support/micro-batches.ts'

/** A loss with the verdict a person gives it; letters without a shape are numbers. */
export interface Row {
  readonly expr: string
  readonly verdict: Verdict
  readonly wrt: string
  readonly data?: string
  readonly let?: readonly string[]
  readonly assume?: readonly string[]
  /** `x:N y:N X:N,d w:d`: the axes of each array. */
  readonly shapes: string
  /** The number of samples; other counts are 2. */
  readonly count?: string
  /** Where numbers are drawn: `positive`, `unit`, or of both signs. */
  readonly domain?: 'positive' | 'unit'
  readonly weight?: string
  /** Integer arrays: how many values they take. */
  readonly integers?: Readonly<Record<string, number>>
  /** How gradients are combined; false where none of the plain four is exact. */
  readonly plain?: false
  /** The four answers on micro-batches, one by one. */
  readonly microBatches?: MicroBatches
}

export function shapesOf(row: Row): Shapes {
  return Object.fromEntries(
    row.shapes
      .split(' ')
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [name, axes] = entry.split(':') as [string, string]
        return [name, axes.split(',')]
      }),
  )
}

const xy = 'x:N y:N'

export const rows: readonly Row[] = [
  // means, with what may stand in front
  { expr: 'mean((y-m*x)^2)', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'sum((y-m*x-b)^2)/N', verdict: 'mean', wrt: 'm,b', shapes: xy },
  { expr: 'sum((y-m*x-b)^2/N)', verdict: 'mean', wrt: 'm,b', shapes: xy },
  { expr: '1/(2*N)*sum((y-m*x)^2)', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: '-1/N*sum(y*log(sigmoid(w*x)))', verdict: 'mean', wrt: 'w', shapes: xy },
  { expr: '100*mean(abs(y-m*x))', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: '-mean(y*m*x)', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: '1-mean(cos(y-m*x))', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: '(mean((y-m*x)^2))/(1+m^2)', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'exp(s)*mean((y-m*x)^2)', verdict: 'mean', wrt: 'm,s', shapes: xy },
  { expr: '1/(alpha*N)*sum(max(0,y-m*x))', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'mean((y-m*x)^2)+lambda*m^2', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'mean((y-m*x)^2)+mean(abs(m*x))', verdict: 'mean', wrt: 'm', shapes: xy },
  {
    expr: '1/N*sum(i=1..N,(y_i-sum(j=1..d,w_j*x_{i,j}))^2)+lambda*sum(j=1..d,w_j^2)',
    verdict: 'mean',
    wrt: 'w',
    shapes: 'x:N,d y:N w:d',
  },
  { expr: '1/N*(sum((y-m*x)^2)+N*lambda*m^2)', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: '1/N*(sum((y-m*x)^2)+lambda*m^2)', verdict: 'mean', wrt: 'm', shapes: xy, plain: false },
  { expr: '1/n*sum(i=1..n,(y_i-m*x_i)^2)', verdict: 'mean', wrt: 'm', shapes: 'x:n y:n', count: 'n' },
  { expr: '1/N*sum(i=0..N-1,(y_i-m*x_i)^2)', verdict: 'mean', wrt: 'm', shapes: xy },
  {
    expr: '1/(2*m)*sum(i=1..m,(y_i-sum(j=1..n,theta_j*x_{i,j}))^2)',
    verdict: 'mean',
    wrt: 'theta',
    data: 'x,y',
    shapes: 'x:m,n y:m theta:n',
    count: 'm',
  },
  {
    expr: '1/G*sum(g=1..G,1/M*sum(k=1..M,(y_{g,k}-m*x_{g,k})^2))',
    verdict: 'mean',
    wrt: 'm',
    shapes: 'x:G,M y:G,M',
    count: 'G',
  },
  {
    expr: 'sum(j=1..d,1/N*sum(i=1..N,(y_{i,j}-w_j*x_i)^2))',
    verdict: 'mean',
    wrt: 'w',
    shapes: 'x:N y:N,d w:d',
  },
  {
    expr: '1/d*sum(j=1..d,a_j*(mean((y-w_j*x)^2)+w_j^2))',
    verdict: 'mean',
    wrt: 'w',
    shapes: 'x:N y:N w:d a:d',
  },
  { expr: 'S/N', verdict: 'mean', wrt: 'm', let: ['S = sum((y-m*x)^2)'], shapes: xy },
  { expr: 'mean((y-p)^2)', verdict: 'mean', wrt: 'w', let: ['p = tanh(w*x)'], shapes: xy },
  { expr: 'exp(log(mean((y-m*x)^2)))', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'sqrt(mean((y-m*x)^2))^2', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'abs(mean((y-m*x)^2))', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'sqrt(mean((y-m*x)^2))-sqrt(mean((y-m*x)^2))+mean(m*x)', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'mean((m*x-mean(m*x))^2)+mean(m*x)^2', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: 'mean((y-m*x)^2)+var', verdict: 'mean', wrt: 'm', let: ['var = mean((y-mean(y))^2)'], shapes: xy },
  { expr: 'mean((y-m*x)^2)+sum((y-mean(y))*m)', verdict: 'mean', wrt: 'm', shapes: xy },
  { expr: '-1/N*log(prod(i=1..N,exp(-(y_i-m)^2)))', verdict: 'mean', wrt: 'm', shapes: 'y:N' },
  { expr: 'mean(if(abs(y-m*x)<1,(y-m*x)^2/2,abs(y-m*x)-1/2))', verdict: 'mean', wrt: 'm', shapes: xy },
  {
    expr: '-1/N*sum(i=1..N,r_i*(theta_{a_i}-log(sum(k=1..K,exp(theta_k)))))',
    verdict: 'mean',
    wrt: 'theta',
    data: 'r,a',
    shapes: 'r:N a:N theta:K',
    integers: { a: 2 },
  },
  {
    expr: 'mean(sum(k=1..K,-t_k*log(exp(w_k*x)/sum(j=1..K,exp(w_j*x)))))',
    verdict: 'mean',
    wrt: 'w',
    data: 'x,t',
    shapes: 'x:N t:N,K w:K',
  },
  {
    expr: '-1/N*sum(t=1..N,min(r(theta,t)*A_t,A_t^2))',
    verdict: 'mean',
    wrt: 'theta',
    data: 'A',
    let: ['r(u,t) = exp(u*A_t)'],
    shapes: 'A:N',
  },
  // sums
  { expr: 'sum((y-m*x)^2)', verdict: 'sum', wrt: 'm', shapes: xy },
  { expr: '1/2*sum((y-m*x)^2)', verdict: 'sum', wrt: 'm', shapes: xy },
  { expr: 'N*mean((y-m*x)^2)', verdict: 'sum', wrt: 'm', shapes: xy },
  { expr: 'N*log(s)+sum((y-m)^2)/(2*s^2)', verdict: 'sum', wrt: 'm,s', shapes: 'y:N', domain: 'positive' },
  { expr: '-log(prod(i=1..N,p^y_i*(1-p)^(1-y_i)))', verdict: 'sum', wrt: 'p', shapes: 'y:N', domain: 'unit' },
  {
    expr: 'log(prod(i=1..N,exp(-l*x_i)*l)/exp(2))',
    verdict: 'sum',
    wrt: 'l',
    shapes: 'x:N',
    domain: 'positive',
  },
  { expr: 'sum(v*(y-m*x)^2)', verdict: 'sum', wrt: 'm', data: 'x,y,v', shapes: 'x:N y:N v:N' },
  { expr: 'sum((y-m*x)^2)+lambda*m^2', verdict: 'sum', wrt: 'm', shapes: xy, plain: false },
  { expr: '1/(N-1)*sum((y-m*x)^2)', verdict: 'sum', wrt: 'm', shapes: xy, plain: false },
  { expr: 'sum((y-m*x)^2)/sqrt(N)', verdict: 'sum', wrt: 'm', shapes: xy, plain: false },
  { expr: 'sum(i=1..N,sum(j=1..N,(y_i-m*x_i)^2))', verdict: 'sum', wrt: 'm', shapes: xy, plain: false },
  {
    expr: 'sum(i=1..N,1/2*(log(p_i+1)-log(y_i+1))^2)',
    verdict: 'sum',
    wrt: 'p',
    data: 'y',
    shapes: 'p:N y:N',
    domain: 'positive',
  },
  {
    expr: 'sum(k=1..d,sum(i=1..N,(x_{i,k}-u_k)^2))',
    verdict: 'sum',
    wrt: 'u',
    data: 'x',
    shapes: 'x:N,d u:d',
  },
  { expr: 'sum(t=1..T,(y_t-m*x_t)^2)', verdict: 'sum', wrt: 'm', data: 'x,y', shapes: 'x:T y:T', count: 'T' },
  // weights
  {
    expr: 'sum(v*(y-m*x)^2)/sum(v)',
    verdict: 'weighted',
    wrt: 'm',
    data: 'x,y,v',
    shapes: 'x:N y:N v:N',
    domain: 'positive',
    weight: 'v_i',
    plain: false,
  },
  {
    expr: '-sum(v*log(sigmoid(m*x)))/sum(v)+lambda*m^2',
    verdict: 'weighted',
    wrt: 'm',
    data: 'x,v',
    shapes: 'x:N v:N',
    domain: 'positive',
    weight: 'v_i',
    plain: false,
  },
  {
    expr: 'sum(exp(x)*(y-m)^2)/sum(exp(x))',
    verdict: 'weighted',
    wrt: 'm',
    shapes: xy,
    weight: 'exp(x_i)',
    plain: false,
  },
  {
    expr: 'sum(v*c*(y-m)^2)/sum(c*v)',
    verdict: 'weighted',
    wrt: 'm',
    data: 'y,v,c',
    shapes: 'y:N v:N c:N',
    domain: 'positive',
    weight: 'c_i*v_i',
    plain: false,
  },
  {
    expr: 'mean(v*(y-m)^2)/mean(v)',
    verdict: 'weighted',
    wrt: 'm',
    data: 'y,v',
    shapes: 'y:N v:N',
    domain: 'positive',
    weight: 'v_i',
    plain: false,
  },
  {
    expr: 'sum((y-m*x)^2)/sum(y^2)',
    verdict: 'weighted',
    wrt: 'm',
    shapes: xy,
    weight: 'y_i^2',
    plain: false,
  },
  {
    expr: 'sum(g=1..G,sum(k=1..T_g,(y_{g,k}-m*x_{g,k})^2))/sum(g=1..G,T_g)',
    verdict: 'weighted',
    wrt: 'm',
    data: 'x,y,T',
    shapes: 'x:G,W y:G,W T:G',
    count: 'G',
    integers: { T: 3 },
    weight: 'T_g',
    plain: false,
  },
  {
    expr: '-sum(i=1..N,v_{c_i}*z_{i,c_i})/sum(i=1..N,v_{c_i})',
    verdict: 'weighted',
    wrt: 'z',
    data: 'c',
    shapes: 'c:N v:K z:N,K',
    domain: 'positive',
    integers: { c: 2 },
    weight: 'v_{c_i}',
    plain: false,
  },
  // none of these
  { expr: 'sqrt(mean((y-m*x)^2))', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'log(mean((y-m*x)^2))', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'log(mean(exp(m*x)))', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'exp(-sum((y-m*x)^2))', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'mean(y-m*x-b)^2', verdict: 'none', wrt: 'm,b', shapes: xy },
  { expr: 'mean(m*x)*mean(m*y)', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: '1/mean(exp(m*x))', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'mean((m*x-mean(m*x))^2)', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'mean((y-mean(y)-m*x)^2)', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'sum((y-m*x)^2)/sum((y-mean(y))^2)', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'max(i=1..N,(y_i-m*x_i)^2)', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'abs(mean(y-m*x))', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'prod(i=1..N,exp(m*x_i))', verdict: 'none', wrt: 'm', shapes: 'x:N' },
  { expr: '-mean(log(exp(m*x)/sum(exp(m*x))))', verdict: 'none', wrt: 'm', shapes: 'x:N' },
  { expr: 'sum(exp(m*x)*y)/sum(exp(m*x))', verdict: 'none', wrt: 'm', shapes: xy },
  {
    expr: '1-2*sum(y*sigmoid(m*x))/(sum(y)+sum(sigmoid(m*x)))',
    verdict: 'none',
    wrt: 'm',
    shapes: xy,
    domain: 'positive',
  },
  { expr: '1/N*sum(i=1..N,log(sum(j=i..N,exp(w*x_j))))', verdict: 'none', wrt: 'w', shapes: 'x:N' },
  { expr: '1/N^2*sum(i=1..N,sum(j=1..N,(w*x_i-w*x_j)^2))', verdict: 'none', wrt: 'w', shapes: 'x:N' },
  {
    expr: '1/(P*Q)*sum(i=1..P,sum(j=1..Q,exp(-w*(u_i-v_j))))',
    verdict: 'none',
    wrt: 'w',
    data: 'u,v',
    shapes: 'u:P v:Q',
    count: 'P',
  },
  { expr: 'mean((y-m*x)^2)+sum((y-m*x)^2)', verdict: 'none', wrt: 'm', shapes: xy },
  { expr: 'sum(i=1..N,i*m*x_i)', verdict: 'none', wrt: 'm', shapes: 'x:N' },
  { expr: 'sum(t=2..T,(y_t-a*y_{t-1})^2)', verdict: 'none', wrt: 'a', data: 'y', shapes: 'y:T', count: 'T' },
  {
    expr: 'sum(v*(y-m)^2)/(sum(v)+eps)',
    verdict: 'none',
    wrt: 'm',
    data: 'y,v',
    shapes: 'y:N v:N',
    domain: 'positive',
  },
  {
    expr: 'sum(y*(m-x)^2)/sum(y)+sum((1-y)*(m-x)^2)/sum(1-y)',
    verdict: 'none',
    wrt: 'm',
    data: 'x,y',
    shapes: xy,
    domain: 'unit',
  },
  { expr: 'sqrt(mean((y-f(x))^2))', verdict: 'none', wrt: 'a', let: ['f(u) = a*u^2'], shapes: xy },
  // nothing per sample
  { expr: '-(1-p)^2*log(p)', verdict: 'no-samples', wrt: 'p', shapes: '' },
  {
    expr: 'sum(k=1..K,(exp(z_k)/sum(l=1..K,exp(z_l))-y_k)^2)',
    verdict: 'no-samples',
    wrt: 'z',
    data: 'y',
    shapes: 'z:K y:K',
  },
  { expr: 'lambda*sum(j=1..d,w_j^2)', verdict: 'no-samples', wrt: 'w', shapes: 'w:d' },
  { expr: 'sum((y-mean(y))*m)', verdict: 'no-samples', wrt: 'm', shapes: 'y:N' },
]
