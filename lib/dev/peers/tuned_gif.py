"""The same frames as one who knows matplotlib draws them: one figure whose artists move, its pixels read from the canvas, one
palette for all frames."""

import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from PIL import Image

from figure import COLOURS, HEAD_RADIUS, SIZE, XLIM, YLIM, macarena, segments
from rounds import run


class Stage:
    """A figure and its canvas, kept; `draw` moves what is on it."""

    def __init__(self):
        figure = Figure(figsize=(SIZE / 100, SIZE / 100), dpi=100)
        self.canvas = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1), xlim=XLIM, ylim=YLIM, aspect="equal")
        axes.axis("off")
        self.bones = axes.add_collection(LineCollection([], colors=COLOURS, linewidths=5, capstyle="round"))
        self.head = axes.add_patch(Circle((0, 0), HEAD_RADIUS, fill=False, linewidth=3))

    def draw(self, points):
        """The picture, RGBA, as memory that the next call writes over."""
        self.bones.set_segments(segments(points))
        self.head.center = points["head"]
        self.canvas.draw()
        return self.canvas.buffer_rgba()

    def image(self, points):
        return Image.frombuffer("RGBA", (SIZE, SIZE), self.draw(points), "raw", "RGBA", 0, 1).convert("RGB")


def assemble(images, to, duration=500):
    """A GIF of pictures that share the first one's palette, each shown for `duration` milliseconds."""
    first, *others = images
    first = first.quantize(64, method=Image.Quantize.FASTOCTREE)
    others = [image.quantize(palette=first, dither=Image.Dither.NONE) for image in others]
    first.save(to, format="GIF", save_all=True, append_images=others, duration=duration, loop=0, optimize=False)


def gif(stage, frames, to):
    assemble([stage.image(points) for points in frames], to)


def work(frames):
    stage = Stage()

    def once():
        buffer = io.BytesIO()
        gif(stage, frames, buffer)
        return {"bytes": buffer.tell()}

    return once


if __name__ == "__main__":
    run({"gif": work(macarena())}, lambda path: gif(Stage(), macarena(), path), ["matplotlib", "pillow", "numpy"])
