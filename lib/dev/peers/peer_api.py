"""A Pose API as one writes it in Python: FastAPI, uvicorn with uvloop and httptools, matplotlib's Agg; one worker.

`POST /visualize` makes a figure for each request, as matplotlib's documentation tells web servers to. `POST /tuned/visualize`
keeps one, moves its artists, and lets Pillow write an indexed PNG on one palette. Drawing keeps the one processor that the GIL
gives it busy, so that threads would not make either faster.
"""

import io
import json
import re
import socket
from importlib.metadata import version

import uvicorn
from fastapi import FastAPI, Response
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from PIL import Image
from pydantic import BaseModel

from figure import COLOURS, HEAD_RADIUS, SIZE, XLIM, YLIM, macarena, project, segments
from tuned_gif import Stage

PACKAGES = ["fastapi", "uvicorn", "pydantic", "matplotlib", "pillow", "numpy"]


class Pose(BaseModel):
    joints: dict[str, tuple[float, float, float]]


class Drawing(BaseModel):
    pose: Pose


app = FastAPI()
stage = Stage()
PALETTE = stage.image(macarena()[0]).quantize(64, method=Image.Quantize.FASTOCTREE)


def png(write):
    buffer = io.BytesIO()
    write(buffer)
    return Response(buffer.getvalue(), media_type="image/png")


@app.get("/health")
async def health():
    with open("/proc/self/status", encoding="ascii") as file:
        [kilobytes] = re.findall(r"^VmRSS:\s*(\d+) kB$", file.read(), re.M)
    return {"megabytes": int(kilobytes) / 1000}


@app.post("/visualize")
async def visualize(drawing: Drawing):
    points = project(drawing.pose.joints)
    figure = Figure(figsize=(SIZE / 100, SIZE / 100), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1), xlim=XLIM, ylim=YLIM, aspect="equal")
    axes.axis("off")
    axes.add_collection(LineCollection(segments(points), colors=COLOURS, linewidths=5, capstyle="round"))
    axes.add_patch(Circle(points["head"], HEAD_RADIUS, fill=False, linewidth=3))
    return png(lambda buffer: figure.savefig(buffer, format="png"))


@app.post("/tuned/visualize")
async def tuned(drawing: Drawing):
    image = stage.image(project(drawing.pose.joints)).quantize(palette=PALETTE, dither=Image.Dither.NONE)
    return png(lambda buffer: image.save(buffer, "PNG", compress_level=1))


if __name__ == "__main__":
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    print(json.dumps({"url": url, "versions": {name: version(name) for name in PACKAGES}}), flush=True)
    uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning", workers=1)).run(sockets=[listener])
