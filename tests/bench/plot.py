"""The growth of the paths as SVG: docs/performance_SERIES.svg, one panel a board, one line a path."""

import board as boards

SHOWN = ("command_present", "allow_rw", "alarm_set", "process_switch", "exit_restart", "ipc_notify", "console_write_64", "upcall_from_sleep")
COLOURS = ("#0072b2", "#56b4e9", "#009e73", "#999999", "#cc79a7", "#e69f00", "#000000", "#d55e00")  # Okabe and Ito
TITLES = {
    "processes": ("Instructions with more processes that sleep", "processes on the board"),
    "timers": ("Instructions with more timers armed, one by each process", "timers armed"),
}

PANEL_WIDTH, PANEL_HEIGHT = 300, 300
LEFT, TOP, LABELS = 60, 62, 150  # what is beside and above a panel
LINE_HEIGHT = 14
WIDTH, HEIGHT = 2 * (LEFT + PANEL_WIDTH + LABELS), TOP + PANEL_HEIGHT + 50


def file_of(series):
    return boards.ROOT / "docs" / f"performance_{series}.svg"


def step_of(highest):
    """A round distance of lines, of which there are four to eight up to the highest."""
    step = 1
    while highest / step > 8:
        step = step * 2 if str(step)[0] in "15" else step // 2 * 5
    return step


def apart(places):
    """The same places, in the same order, at least a line of text from each other."""
    placed, order = dict(), sorted(places, key=places.get, reverse=True)
    below = TOP + PANEL_HEIGHT + LINE_HEIGHT
    for name in order:
        below = min(places[name], below - LINE_HEIGHT)
        placed[name] = below
    return placed


def text(x, y, words, anchor="start", colour="#333", size=12):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{words}</text>'


def line(x1, y1, x2, y2, colour="#ddd"):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


class Panel:
    def __init__(self, left, counts, highest):
        self.left = left
        self.counts = counts  # {"1": {path: instructions}, ...}
        self.numbers = [int(number) for number in counts]
        self.highest = highest

    def x(self, number):
        return self.left + PANEL_WIDTH * number / max(self.numbers)

    def y(self, count):
        return TOP + PANEL_HEIGHT * (1 - count / self.highest)

    def axes(self, board, under):
        yield text(self.left, TOP - 10, board, size=13)
        step = step_of(self.highest)
        for count in range(0, int(self.highest) + 1, step):
            yield line(self.left, self.y(count), self.left + PANEL_WIDTH, self.y(count))
            yield text(self.left - 6, self.y(count) + 4, f"{count:,}", "end")
        for number in self.numbers:
            if number > max(self.numbers) / 20:
                yield text(self.x(number), self.y(0) + 16, number, "middle")
        yield text(self.left + PANEL_WIDTH / 2, self.y(0) + 36, under, "middle")

    def lines(self):
        last = self.counts[str(self.numbers[-1])]
        labels = apart({path: self.y(last[path]) for path in SHOWN})
        for path, colour in zip(SHOWN, COLOURS, strict=True):
            points = [(self.x(number), self.y(self.counts[str(number)][path])) for number in self.numbers]
            yield f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"/>'
            for x, y in points:
                yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>'
            yield text(points[-1][0] + 8, labels[path] + 4, f"{path} {last[path]}", colour=colour)


def picture(series, growth):
    """The SVG of a series; `growth` is that section of the record."""
    title, under = TITLES[series]
    highest = 1.05 * max(counts[path] for board in growth.values() for counts in board[series].values() for path in SHOWN)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        text(LEFT, 24, title, size=16),
    ]
    for number, (board, counts) in enumerate(growth.items()):
        panel = Panel(LEFT + number * WIDTH / 2, counts[series], highest)
        parts += [*panel.axes(board, under), *panel.lines()]
    return "\n".join([*parts, "</svg>"]) + "\n"
