"""Charts as SVG, written by hand: dots with intervals, a reliability diagram, lines, a histogram.

Each has a title and a description for those who hear the page; colours come from the page's style. Knows numbers and
labels; everything that comes from outside is escaped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

_WIDTH, _LABELS, _RIGHT = 640, 190, 24
_ROW, _BETWEEN = 16, 10
_SQUARE, _MARGIN = 300, 44


@dataclass(frozen=True, slots=True)
class Dot:
    """A value between 0 and 1 with its interval, of one of the series."""

    value: float
    low: float
    high: float
    series: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart: what it is called, its dots, and the target, if it has one."""

    label: str
    dots: tuple[Dot, ...]
    target: float | None = None


def dots(title: str, rows: Sequence[Row], series: Sequence[str] = ()) -> str:
    """Return dots with their intervals, one line a row, on an axis from 0 to 1.

    Args:
        title: of the chart.
        rows: from the top.
        series: names of the series, for the legend.
    """
    heights = [_ROW * max(1, len(row.dots)) + _BETWEEN for row in rows]
    top = 30 if series else 8
    height = top + sum(heights) + 26
    parts = [*_legend(series), *_grid(top, height - 24)]
    y = top
    for row, tall in zip(rows, heights, strict=True):
        parts += [_text(_LABELS - 10, y + tall / 2 + 4, row.label, "end"), *_dots(row, y, tall)]
        y += tall
    parts += [_text(_x(tick / 4), height - 8, f"{tick / 4:g}", "middle", "tick") for tick in range(5)]
    described = "; ".join(f"{row.label}: {', '.join(f'{dot.value:.2f}' for dot in row.dots)}" for row in rows)
    return _svg(title, described, _WIDTH, height, parts)


def reliability(title: str, points: Sequence[tuple[float, float, int]], threshold: float) -> str:
    """Return a reliability diagram.

    Args:
        title: of the chart.
        points: mean confidence, share that is answerable, and number of questions, of each bin that has any.
        threshold: from which on is answered.
    """
    most = max((n for _, _, n in points), default=1)
    parts = [*_box("confidence", "answerable"), _line([(0, 0), (1, 1)], "ideal"), _rule(threshold)]
    for confidence, share, n in points:
        x, y = _at(confidence, share)
        parts.append(
            f'<circle class="s0" cx="{x:.1f}" cy="{y:.1f}" r="{3 + 9 * (n / most) ** 0.5:.1f}" opacity=".75"/>'
        )
    described = "; ".join(f"confidence {c:.2f}: {s:.0%} of {n}" for c, s, n in points)
    return _svg(title, described, _SQUARE + 2 * _MARGIN, _SQUARE + 2 * _MARGIN, parts)


def lines(title: str, named: Sequence[tuple[str, Sequence[tuple[float, float]]]], threshold: float, across: str) -> str:
    """Return curves from 0 to 1 over an axis from 0 to 1, with the threshold in force marked."""
    parts = [*_box(across, "share of questions"), _rule(threshold)]
    for n, (name, points) in enumerate(named):
        parts += [_line(points, f"s{n}"), f'<circle class="s{n}" cx="{_MARGIN + 12 + 130 * n}" cy="16" r="5"/>']
        parts.append(_text(_MARGIN + 22 + 130 * n, 20, name, "start"))
    described = "; ".join(f"{name} at {threshold:g}: {_near(points, threshold):.2f}" for name, points in named)
    return _svg(title, described, _SQUARE + 2 * _MARGIN, _SQUARE + 2 * _MARGIN, parts)


def histogram(title: str, values: Sequence[float], unit: str, marks: Sequence[tuple[str, float]]) -> str:
    """Return a histogram of values above 0, with some of them marked; the highest hundredth is cut off."""
    ordered = sorted(values)
    longest = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] if ordered else 1.0
    bins = [0] * 40
    for value in ordered:
        bins[min(39, int(40 * value / (longest or 1.0)))] += 1
    tall, wide, floor = 150, _WIDTH - 2 * _MARGIN, 150 + 44
    parts = [f'<line class="axis" x1="{_MARGIN}" y1="{floor}" x2="{_WIDTH - _MARGIN}" y2="{floor}"/>']
    for n, count in enumerate(bins):
        high = tall * count / max(1, *bins)
        x = _MARGIN + n * wide / 40
        parts.append(
            f'<rect class="s0" x="{x:.1f}" y="{floor - high:.1f}" width="{wide / 40 - 1:.1f}" height="{high:.1f}"/>'
        )
    for n, (name, value) in enumerate(marks):
        x = _MARGIN + wide * min(1.0, value / (longest or 1.0))
        parts.append(f'<line class="rule" x1="{x:.1f}" y1="6" x2="{x:.1f}" y2="{floor}"/>')
        parts.append(_text(x + 4, 16 + 14 * n, f"{name} {value:.0f} {unit}", "start"))
    step = _step(longest)
    for tick in range(int(longest / step) + 1):
        parts.append(
            _text(_MARGIN + wide * tick * step / (longest or 1.0), floor + 18, f"{tick * step:g}", "middle", "tick")
        )
    described = "; ".join(f"{name} {value:.0f} {unit}" for name, value in marks)
    return _svg(title, described, _WIDTH, floor + 28, parts)


def _svg(title: str, described: str, width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
        f"<title>{escape(title)}</title><desc>{escape(described)}</desc>{''.join(parts)}</svg>"
    )


def _dots(row: Row, y: float, tall: float) -> Iterator[str]:
    start = y + (tall - _ROW * len(row.dots)) / 2 + _ROW / 2
    for n, dot in enumerate(row.dots):
        at = start + n * _ROW
        ends = f'x1="{_x(dot.low):.1f}" y1="{at}" x2="{_x(dot.high):.1f}" y2="{at}"'
        yield f'<line class="s{dot.series} whisker" {ends}/>'
        yield f'<circle class="s{dot.series}" cx="{_x(dot.value):.1f}" cy="{at}" r="4.5"/>'
    if row.target is not None:
        x = _x(row.target)
        yield f'<line class="rule" x1="{x:.1f}" y1="{y + 2}" x2="{x:.1f}" y2="{y + tall - 2}"/>'


def _legend(series: Sequence[str]) -> Iterator[str]:
    for n, name in enumerate(series):
        yield f'<circle class="s{n}" cx="{_LABELS + 5 + 120 * n}" cy="14" r="5"/>'
        yield _text(_LABELS + 15 + 120 * n, 18, name, "start")


def _grid(top: float, bottom: float) -> Iterator[str]:
    for tick in range(5):
        yield f'<line class="grid" x1="{_x(tick / 4):.1f}" y1="{top}" x2="{_x(tick / 4):.1f}" y2="{bottom}"/>'


def _box(across: str, up: str) -> Iterator[str]:
    for tick in range(5):
        x, y = _at(tick / 4, tick / 4)
        yield f'<line class="grid" x1="{x}" y1="{_MARGIN}" x2="{x}" y2="{_MARGIN + _SQUARE}"/>'
        yield f'<line class="grid" x1="{_MARGIN}" y1="{y}" x2="{_MARGIN + _SQUARE}" y2="{y}"/>'
        yield _text(x, _MARGIN + _SQUARE + 16, f"{tick / 4:g}", "middle", "tick")
        yield _text(_MARGIN - 6, y + 4, f"{tick / 4:g}", "end", "tick")
    yield _text(_MARGIN + _SQUARE / 2, _MARGIN + _SQUARE + 34, across, "middle")
    middle = _MARGIN + _SQUARE / 2
    yield f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">{escape(up)}</text>'


def _rule(value: float) -> str:
    x, _ = _at(value, 0)
    return f'<line class="rule" x1="{x:.1f}" y1="{_MARGIN}" x2="{x:.1f}" y2="{_MARGIN + _SQUARE}"/>' + _text(
        x + 4, _MARGIN + 12, f"{value:g}", "start", "tick"
    )


def _line(points: Sequence[tuple[float, float]], style: str) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(*point) for point in points))
    return f'<polyline class="{style} curve" points="{places}"/>'


def _near(points: Sequence[tuple[float, float]], x: float) -> float:
    return min(points, key=lambda point: abs(point[0] - x))[1] if points else 0.0


def _at(x: float, y: float) -> tuple[float, float]:
    return _MARGIN + _SQUARE * x, _MARGIN + _SQUARE * (1 - y)


def _x(value: float) -> float:
    return _LABELS + (_WIDTH - _LABELS - _RIGHT) * min(1.0, max(0.0, value))


def _step(longest: float) -> float:
    """Return a round distance of ticks, for about eight of them."""
    rough = max(longest, 1e-9) / 8
    power = 10.0 ** (len(str(ceil(rough))) - 1)
    return next(power * n for n in (1, 2, 5, 10) if power * n >= rough)


def _text(x: float, y: float, text: str, anchor: str, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text{kind} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
