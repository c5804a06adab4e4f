"""Twelve frames as a course draws them: a figure for each, saved as a PNG and read back, assembled by Pillow."""

import io

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from PIL import Image

from figure import BONES, COLOURS, HEAD_RADIUS, SIZE, XLIM, YLIM, macarena
from rounds import run


def draw(points):
    fig, ax = plt.subplots(figsize=(SIZE / 100, SIZE / 100), dpi=100)
    ax.set_xlim(*XLIM)
    ax.set_ylim(*YLIM)
    ax.set_aspect("equal")
    ax.axis("off")
    for (a, b), colour in zip(BONES, COLOURS):
        ax.plot([points[a][0], points[b][0]], [points[a][1], points[b][1]], color=colour, linewidth=5)
    ax.add_patch(plt.Circle(points["head"], HEAD_RADIUS, fill=False, linewidth=3))
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=100)
    plt.close(fig)
    buffer.seek(0)
    return Image.open(buffer)


def gif(frames, to):
    images = [draw(points) for points in frames]
    images[0].save(to, format="GIF", save_all=True, append_images=images[1:], duration=500, loop=0)


def work(frames):
    def once():
        buffer = io.BytesIO()
        gif(frames, buffer)
        return {"bytes": buffer.tell()}

    return once


if __name__ == "__main__":
    run({"gif": work(macarena())}, lambda path: gif(macarena(), path), ["matplotlib", "pillow", "numpy"])
