/**
 * P(X >= k) for X ~ Binomial(n, p), 0 < p < 1: the chance of at least `k` successes in `n` tries. Summed term by term,
 * each in logarithms, so that no factorial overflows; right to about twelve digits for the networks there are.
 */
export function atLeast(k: number, n: number, p: number): number {
  let sum = 0;
  // ln C(n, i), from ln C(n, 0) = 0 upwards.
  let logWays = 0;
  for (let i = 0; i <= n; i += 1) {
    if (i >= k) sum += Math.exp(logWays + i * Math.log(p) + (n - i) * Math.log1p(-p));
    logWays += Math.log(n - i) - Math.log(i + 1);
  }
  return Math.min(1, sum);
}
