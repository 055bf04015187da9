"""The normal distribution for `statistics`."""

from math import erfc, exp, fabs, hypot, log, sqrt, tau

_SQRT2 = sqrt(2.0)


def _standard_pdf(x):
    return exp(-x * x / 2.0) / sqrt(tau)


def _standard_cdf(x):
    return 0.5 * erfc(-x / _SQRT2)


def standard_inverse(p):
    """Where the standard distribution's cumulative probability is p: bisection, then Newton's method."""
    if p == 0.5:
        return 0.0
    if p > 0.5:
        return -standard_inverse(1.0 - p)
    low, high = -40.0, 0.0
    while high - low > 1e-3:
        middle = (low + high) / 2.0
        if _standard_cdf(middle) < p:
            low = middle
        else:
            high = middle
    x = (low + high) / 2.0
    for _ in range(6):
        step = (_standard_cdf(x) - p) / _standard_pdf(x)
        # The third-order correction of the curve's bend.
        x -= step / (1.0 + step * x / 2.0)
        if fabs(step) < 1e-17 * fabs(x):
            break
    return x


class NormalDist:
    """A normal distribution, by its mean and its standard deviation."""

    __module__ = "statistics"
    __slots__ = {"_mu": "Arithmetic mean of a normal distribution", "_sigma": "Standard deviation"}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            from statistics import StatisticsError

            raise StatisticsError("sigma must be non-negative")
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution that fits the data."""
        from statistics import mean, stdev

        data = list(data)
        return cls(mean(data), stdev(data))

    def samples(self, n, *, seed=None):
        """Random numbers of this distribution."""
        import random

        source = random.random if seed is None else random.Random(seed).random
        return [self._mu + self._sigma * standard_inverse(source()) for _ in range(n)]

    def _positive(self, what):
        if not self._sigma:
            from statistics import StatisticsError

            raise StatisticsError(f"{what} not defined when sigma is zero")

    def pdf(self, x):
        """The density at x."""
        variance = self._sigma * self._sigma
        self._positive("pdf()")
        diff = x - self._mu
        return exp(diff * diff / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x):
        """The probability of values up to x."""
        self._positive("cdf()")
        return 0.5 * erfc((self._mu - x) / (self._sigma * _SQRT2))

    def inv_cdf(self, p):
        """The value up to which the probability is p."""
        if p <= 0.0 or p >= 1.0:
            from statistics import StatisticsError

            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        return self._mu + standard_inverse(p) * self._sigma

    def quantiles(self, n=4):
        """The bounds of n ranges of equal probability."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """The area that two distributions share."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        a, b = sorted((self, other), key=lambda dist: (dist._sigma, dist._mu))
        variances = a.variance, b.variance
        if not all(variances):
            self._zero_overlap()
        spread, shift = variances[1] - variances[0], fabs(b._mu - a._mu)
        if not spread:
            return erfc(shift / (2.0 * a._sigma * _SQRT2))
        middle = a._mu * variances[1] - b._mu * variances[0]
        width = a._sigma * b._sigma * sqrt(shift * shift + spread * log(variances[1] / variances[0]))
        ends = (middle + width) / spread, (middle - width) / spread
        return 1.0 - sum(fabs(b.cdf(x) - a.cdf(x)) for x in ends)

    def _zero_overlap(self):
        from statistics import StatisticsError

        raise StatisticsError("overlap() not defined when sigma is zero")

    def zscore(self, x):
        """How many standard deviations x is above the mean."""
        self._positive("zscore()")
        return (x - self._mu) / self._sigma

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state

    mean = median = mode = property(lambda self: self._mu)
    stdev = property(lambda self: self._sigma)
    variance = property(lambda self: self._sigma * self._sigma)

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __rsub__(self, other):
        return -(self - other)

    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * fabs(other))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / fabs(other))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"
