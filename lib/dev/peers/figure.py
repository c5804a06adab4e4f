"""The figure that the peers draw: our poses, seen as our camera sees them, as line segments and a circle."""

import json

import numpy as np

SIZE = 480
HEAD_RADIUS = 0.11
BONES = [("pelvis", "spine"), ("spine", "neck"), ("neck", "head")] + [
    (f"{side}_{a}" if a not in ("neck", "pelvis") else a, f"{side}_{b}")
    for side in ("left", "right")
    for a, b in [
        ("neck", "shoulder"), ("shoulder", "elbow"), ("elbow", "wrist"),
        ("pelvis", "hip"), ("hip", "knee"), ("knee", "ankle"), ("ankle", "foot"),
    ]
]
COLOURS = [{"l": "#3b6fb6", "r": "#c8553d"}.get(end[0] if "_" in end else "", "#444444") for _, end in BONES]

# As in lib/draw/camera.ts, without its perspective: degrees, and metres that a picture shows.
YAW, PITCH = np.radians(22), np.radians(12)
SHOWN, MIDDLE = 2.12, 0.84
XLIM = (-SHOWN / 2, SHOWN / 2)
YLIM = (MIDDLE - SHOWN / 2, MIDDLE + SHOWN / 2)
RIGHT = np.array([np.cos(YAW), 0, -np.sin(YAW)])
UP = np.array([-np.sin(YAW) * np.sin(PITCH), np.cos(PITCH), -np.cos(YAW) * np.sin(PITCH)])
AXES = np.stack([RIGHT, UP], axis=1)


def project(joints):
    """Where each joint stands on the picture, metres: {name: (x, y)}."""
    points = np.array(list(joints.values())) @ AXES
    return dict(zip(joints, points.tolist()))


def segments(points):
    """The bones' two ends, each."""
    return [(points[a], points[b]) for a, b in BONES]


def macarena():
    """The frames of outputs/showcase/macarena.json: the projected joints of each."""
    with open("outputs/showcase/macarena.json", encoding="utf-8") as file:
        frames = json.load(file)["frames"]
    return [project(frame["pose"]["joints"]) for frame in frames]
