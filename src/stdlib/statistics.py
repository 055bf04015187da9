"""Averages, spread and relations of numbers, computed exactly where the numbers allow it."""

import math
from collections import Counter, namedtuple
from fractions import Fraction
from itertools import groupby

from _normal import NormalDist

__all__ = [
    "NormalDist",
    "StatisticsError",
    "correlation",
    "covariance",
    "fmean",
    "geometric_mean",
    "harmonic_mean",
    "linear_regression",
    "mean",
    "median",
    "median_grouped",
    "median_high",
    "median_low",
    "mode",
    "multimode",
    "pstdev",
    "pvariance",
    "quantiles",
    "stdev",
    "variance",
]


class StatisticsError(ValueError):
    pass


def _exact(values):
    """(kind of number, exact fractions) of some numbers."""
    kind, exact = int, []
    for value in values:
        kind = _common(kind, type(value))
        if isinstance(value, float) and not math.isfinite(value):
            exact.append(value)
        elif not hasattr(value, "as_integer_ratio"):
            name = type(value).__name__
            raise TypeError(f"can't convert type {name!r} to numerator/denominator")
        else:
            exact.append(Fraction(*value.as_integer_ratio()))
    return kind, exact


def _common(kind, other):
    if kind is other or other in (int, bool):
        return kind
    if kind in (int, bool):
        return other
    if kind is Fraction and other is float or kind is float and other is Fraction:
        return float
    if issubclass(other, kind):
        return other
    if issubclass(kind, other):
        return kind
    raise TypeError(f"don't know how to coerce {kind.__name__} and {other.__name__}")


def _convert(value, kind):
    """An exact result as the kind of number that was given."""
    if type(value) is kind:
        return value
    if issubclass(kind, int) and isinstance(value, Fraction) and value.denominator != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        return kind(value.numerator) / kind(value.denominator)


def mean(data):
    """The sum of the data divided by their number."""
    kind, exact = _exact(data)
    if not exact:
        raise StatisticsError("mean requires at least one data point")
    return _convert(sum(exact) / len(exact), kind)


def fmean(data, weights=None):
    """The mean as a float, faster."""
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError("fmean requires at least one data point")
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(data) != len(weights):
        raise StatisticsError("data and weights must be the same length")
    total = math.fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return math.sumprod(data, weights) / total


def geometric_mean(data):
    """The n-th root of the product."""
    data = list(data)
    for value in data:
        if value < 0:
            raise StatisticsError("No negative inputs allowed", value)
    if not data:
        raise StatisticsError("Must have a non-empty dataset")
    if 0 in data:
        return 0.0
    return math.exp(math.fsum(map(math.log, data)) / len(data))


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of the reciprocals."""
    data = list(data)
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    weights = [1] * len(data) if weights is None else list(weights)
    if len(weights) != len(data):
        raise StatisticsError("Number of weights does not match data size")
    if any(value < 0 for value in data):
        raise StatisticsError("harmonic mean does not support negative values")
    if 0 in data:
        return 0
    kind, exact = _exact([weight / value for weight, value in zip(weights, data)])
    _, exact_weights = _exact(weights)
    return _convert(sum(exact_weights) / sum(exact), kind)


def _sorted(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data


def median(data):
    """The middle of the sorted data, or the mean of the two in the middle."""
    data = _sorted(data)
    half = len(data) // 2
    if len(data) % 2:
        return data[half]
    return (data[half - 1] + data[half]) / 2


def median_low(data):
    """The middle, or the lower of the two in the middle."""
    data = _sorted(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The middle, or the higher of the two in the middle."""
    data = _sorted(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    """The median of data that were rounded to intervals."""
    data = _sorted(data)
    middle = data[len(data) // 2]
    below = sum(value < middle for value in data)
    same = sum(value == middle for value in data)
    low = float(middle) - float(interval) / 2.0
    return low + float(interval) * (len(data) / 2 - below) / same


def mode(data):
    """The most common value, the first one of several."""
    counted = Counter(data).most_common(1)
    if not counted:
        raise StatisticsError("no mode for empty data")
    return counted[0][0]


def multimode(data):
    """All values that are most common, in the order of their first appearance."""
    counts = Counter(data)
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def _squares(data, center=None):
    """(kind, exact sum of squared deviations, number of data)."""
    kind, exact = _exact(data)
    count = len(exact)
    if not count:
        return kind, Fraction(0), 0
    if center is None:
        center = sum(exact) / count
    else:
        center = Fraction(*center.as_integer_ratio())
    return kind, sum((value - center) ** 2 for value in exact), count


def variance(data, xbar=None):
    """The variance of a sample."""
    kind, squares, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("variance requires at least two data points")
    return _convert(squares / (count - 1), kind)


def pvariance(data, mu=None):
    """The variance of a whole population."""
    kind, squares, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pvariance requires at least one data point")
    return _convert(squares / count, kind)


def _root(squared, kind):
    """The square root of an exact fraction, correctly rounded."""
    if kind.__name__ == "Decimal":
        return (kind(squared.numerator) / kind(squared.denominator)).sqrt()
    above, below = squared.numerator, squared.denominator
    if not above:
        return 0.0
    # 55 or 56 bits of quotient, of which the last notes whether anything was cut off.
    shift = (above.bit_length() - below.bit_length() - 109) // 2
    if shift >= 0:
        root = _root_to_odd(above, below << 2 * shift) << shift
        return root / 1
    return _root_to_odd(above << -2 * shift, below) / (1 << -shift)


def _root_to_odd(above, below):
    root = math.isqrt(above // below)
    return root | (root * root * below != above)


def stdev(data, xbar=None):
    """The standard deviation of a sample."""
    kind, squares, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("stdev requires at least two data points")
    return _root(squares / (count - 1), kind)


def pstdev(data, mu=None):
    """The standard deviation of a whole population."""
    kind, squares, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pstdev requires at least one data point")
    return _root(squares / count, kind)


def quantiles(data, *, n=4, method="exclusive"):
    """The cut points that divide the data into n parts of equal probability."""
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        if size == 1:
            return data * (n - 1)
        raise StatisticsError("must have at least one data point")
    result = []
    if method == "inclusive":
        for i in range(1, n):
            j, delta = divmod(i * (size - 1), n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
    elif method == "exclusive":
        for i in range(1, n):
            j = min(max(i * (size + 1) // n, 1), size - 1)
            delta = i * (size + 1) - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
    else:
        raise ValueError(f"Unknown method: {method!r}")
    return result


def _deviations(x, y, what):
    if len(x) != len(y):
        raise StatisticsError(
            f"{what} requires that both inputs have same number of data points"
        )
    if len(x) < 2:
        raise StatisticsError(f"{what} requires at least two data points")
    xbar, ybar = math.fsum(x) / len(x), math.fsum(y) / len(y)
    return [value - xbar for value in x], [value - ybar for value in y], xbar, ybar


def covariance(x, y, /):
    """How two samples vary together."""
    dx, dy, _, _ = _deviations(x, y, "covariance")
    return math.sumprod(dx, dy) / (len(x) - 1)


def correlation(x, y, /, *, method="linear"):
    """Pearson's correlation coefficient."""
    if method == "ranked":
        x, y = _ranks(x), _ranks(y)
    elif method != "linear":
        raise ValueError(f"Unknown method: {method!r}")
    dx, dy, _, _ = _deviations(x, y, "correlation")
    sxy, sxx, syy = math.sumprod(dx, dy), math.sumprod(dx, dx), math.sumprod(dy, dy)
    try:
        return sxy / math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


def _ranks(data):
    pairs = sorted(zip(data, range(len(data))))
    ranks, before = [0.0] * len(data), 0
    for _, group in groupby(pairs, key=lambda pair: pair[0]):
        group = list(group)
        for _, position in group:
            ranks[position] = before + (len(group) + 1) / 2
        before += len(group)
    return ranks


LinearRegression = namedtuple("LinearRegression", ("slope", "intercept"))


def linear_regression(x, y, /, *, proportional=False):
    """The slope and intercept of the line that fits best."""
    dx, dy, xbar, ybar = _deviations(x, y, "linear regression")
    if proportional:
        dx, dy = list(x), list(y)
    try:
        slope = (math.sumprod(dx, dy) + 0.0) / math.sumprod(dx, dx)
    except ZeroDivisionError:
        raise StatisticsError("x is constant") from None
    intercept = 0.0 if proportional else ybar - slope * xbar
    return LinearRegression(slope=slope, intercept=intercept)
