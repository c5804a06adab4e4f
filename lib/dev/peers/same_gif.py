"""The very picture that ours draws, path by path, by matplotlib's Agg renderer without artists around it: its fastest way."""

import io
import json

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, TransformedPath
from PIL import Image

from figure import SIZE
from rounds import cache, run
from tuned_gif import assemble

# The picture's rows go down from the top.
TO_SCREEN = Affine2D().scale(1, -1).translate(0, SIZE)


def frames():
    with open(cache("paths.json"), encoding="utf-8") as file:
        return json.load(file)


def path_of(painted):
    return Path(painted["vertices"], painted["codes"])


def draw(renderer, frame):
    renderer.clear()
    for painted in frame:
        gc = renderer.new_gc()
        face = to_rgb(painted["fill"]) if "fill" in painted else None
        if face is None:
            gc.set_foreground(to_rgb(painted["stroke"]), isRGBA=False)
            gc.set_linewidth(painted["width"])
            gc.set_capstyle("projecting" if painted["cap"] == "square" else painted["cap"])
            gc.set_joinstyle(painted["join"])
        else:
            gc.set_linewidth(0)
        if "clip" in painted:
            gc.set_clip_path(TransformedPath(path_of(painted["clip"]), TO_SCREEN))
        renderer.draw_path(gc, path_of(painted), TO_SCREEN, face)
    return Image.frombuffer("RGBA", (SIZE, SIZE), renderer.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")


def work(drawn):
    renderer = RendererAgg(SIZE, SIZE, 72)

    def once():
        buffer = io.BytesIO()
        gif(renderer, drawn, buffer)
        return {"bytes": buffer.tell()}

    return once


def gif(renderer, drawn, to):
    assemble([draw(renderer, frame) for frame in drawn], to)


if __name__ == "__main__":
    run(
        {"gif": work(frames())},
        lambda path: gif(RendererAgg(SIZE, SIZE, 72), frames(), path),
        ["matplotlib", "pillow", "numpy"],
    )
