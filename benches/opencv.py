#!/usr/bin/env python3
"""Our filters beside OpenCV's, on the same picture, with the same number of threads, in turns.

    pip install opencv-contrib-python-headless numpy
    python3 benches/opencv.py photo.jpg [--threads N] [--rounds N]

Each round times every pair once, ours right after theirs, so that a machine whose speed drifts drifts under both; the
ratio printed is the median over the rounds of theirs over ours (above 1: ours is faster). Ours is the whole operator: from
8-bit samples to 8-bit samples, with the encoding it works in. Beside it stands how far the results are apart where both
mean to do the same: mean and 99.9th percentile of the absolute difference, in levels of 255.
"""
import argparse
import os
import statistics
import subprocess
import tempfile
import time

import cv2
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("photo")
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--rounds", type=int, default=7)
parser.add_argument("--only", default="", help="cases whose names contain this")
parser.add_argument("--edges", nargs="+", default=["cargo", "bench", "--bench", "edges", "--"], help="the bench of detectors")
parser.add_argument("--bench", nargs="+", default=["cargo", "bench", "--bench", "filters", "--"])
options = parser.parse_args()

cv2.setNumThreads(options.threads)
colour = cv2.imread(options.photo, cv2.IMREAD_COLOR)
folder = tempfile.mkdtemp()
cv2.imwrite(f"{folder}/colour.png", colour)
grey = cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)
cv2.imwrite(f"{folder}/grey.png", grey)


class Ours:
    """One process of the bench that is told which case to run."""

    def __init__(self, picture, bench=options.bench):
        command = [*bench, picture, "--threads", str(options.threads), "--interactive"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def run(self, case, file=None):
        self.process.stdin.write(case + (f"\t{file}" if file else "") + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def guided(picture):
    return cv2.ximgproc.guidedFilter(picture, picture, 8, (0.1 * 255) ** 2)


def sobel(picture):
    """The sum of both derivatives' sizes, as far as it fits 8 bits."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    dx, dy = cv2.spatialGradient(grey, borderType=cv2.BORDER_REFLECT_101)
    return cv2.add(cv2.convertScaleAbs(dx), cv2.convertScaleAbs(dy))


def sobel_euclidean(picture):
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    dx, dy = (cv2.Sobel(grey, cv2.CV_32F, x, 1 - x, ksize=3) for x in (1, 0))
    return cv2.convertScaleAbs(cv2.magnitude(dx, dy))


def canny(*thresholds, **more):
    return lambda p: cv2.Canny(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY), *thresholds, **more)


# Our case, which picture, theirs, and whether the two mean to give the same; PIXELS: that, to the border and the last
# pixel, so that the share of equal pixels is told.
PIXELS = "pixels"
PAIRS = [
    ("gaussian 2px encoded", "colour", lambda p: cv2.GaussianBlur(p, (0, 0), 2, borderType=cv2.BORDER_REFLECT), True),
    ("gaussian 2px linear", "colour", lambda p: cv2.GaussianBlur(p, (0, 0), 2, borderType=cv2.BORDER_REFLECT), False),
    ("gaussian 20px encoded", "colour", lambda p: cv2.GaussianBlur(p, (0, 0), 20, borderType=cv2.BORDER_REFLECT), True),
    ("gaussian 20px linear", "colour", lambda p: cv2.GaussianBlur(p, (0, 0), 20, borderType=cv2.BORDER_REFLECT), False),
    ("box 8px", "colour", lambda p: cv2.blur(p, (17, 17), borderType=cv2.BORDER_REFLECT), False),
    ("median 3x3", "colour", lambda p: cv2.medianBlur(p, 3), True),
    ("median 7x7", "colour", lambda p: cv2.medianBlur(p, 7), True),
    ("median 33x33", "colour", lambda p: cv2.medianBlur(p, 33), True),
    ("bilateral 9x9", "colour", lambda p: cv2.bilateralFilter(p, 9, 25.5, 2), False),
    ("bilateral 25x25", "colour", lambda p: cv2.bilateralFilter(p, 25, 25.5, 6), False),
    ("guided 8px", "grey", guided, False),
    ("domain transform recursive", "colour", lambda p: cv2.edgePreservingFilter(p, flags=1, sigma_s=60, sigma_r=0.4), False),
    ("domain transform normalised", "colour", lambda p: cv2.edgePreservingFilter(p, flags=2, sigma_s=60, sigma_r=0.4), False),
    # Detectors alone, from grey bytes to bytes or derivatives that are already there; OpenCV writes to such as well.
    ("canny 3 Sum as bytes", "detector", lambda p: cv2.Canny(p, 100, 200, edges=MASK), False),
    ("canny 3 Euclidean as bytes", "detector", lambda p: cv2.Canny(p, 100, 200, edges=MASK, L2gradient=True), False),
    ("canny 5 Sum as bytes", "detector", lambda p: cv2.Canny(p, 1200, 2400, edges=MASK, apertureSize=5), False),
    ("canny 7 Sum as bytes", "detector", lambda p: cv2.Canny(p, 16000, 32000, edges=MASK, apertureSize=7), False),
    ("sobel 3 again", "detector", lambda p: cv2.spatialGradient(p, *DERIVATIVES), False),
    ("edges canny", "colour", canny(100, 200), PIXELS),
    ("edges canny euclidean", "colour", canny(100, 200, L2gradient=True), PIXELS),
    ("edges canny 5", "colour", canny(1200, 2400, apertureSize=5), PIXELS),
    ("edges canny 7", "colour", canny(16000, 32000, apertureSize=7), PIXELS),
    ("edges canny colour", "colour", lambda p: cv2.Canny(p, 100, 200), PIXELS),
    ("edges sobel", "colour", sobel, PIXELS),
    ("edges sobel euclidean", "colour", sobel_euclidean, PIXELS),
    ("sketch graphite", "colour", lambda p: cv2.pencilSketch(p)[0], False),
    ("sketch coloured pencil", "colour", lambda p: cv2.pencilSketch(p)[1], False),
    ("style oil_painting", "colour", lambda p: cv2.xphoto.oilPainting(p, 4, 1), False),
    ("style watercolor", "colour", lambda p: cv2.stylization(p), False),
]

MASK = np.empty_like(grey)
DERIVATIVES = [np.empty(grey.shape, np.int16) for _ in range(2)]
PAIRS = [pair for pair in PAIRS if options.only in pair[0]]
pictures = {"colour": colour, "grey": grey, "detector": grey}
ours = {name: Ours(f"{folder}/{name}.png") for name in ("colour", "grey")}
if any(pair[1] == "detector" for pair in PAIRS):
    ours["detector"] = Ours(f"{folder}/grey.png", options.edges)
times = {pair[0]: ([], []) for pair in PAIRS}
for round_number in range(options.rounds + 1):
    for case, name, theirs, _ in PAIRS:
        if not (hasattr(cv2, "ximgproc") or "guided" not in case and "oil" not in case):
            continue
        start = time.perf_counter()
        theirs(pictures[name])
        them = (time.perf_counter() - start) * 1e3
        us = ours[name].run(case)
        if round_number > 0:
            times[case][0].append(us)
            times[case][1].append(them)

height, width = colour.shape[:2]
print(f"{width}x{height}, {options.threads} threads, OpenCV {cv2.__version__}, {options.rounds} rounds")
print(f"| {'case':<28} | ours, ms | OpenCV, ms | ratio | apart: mean, 99.9 % |")
print("|---|---|---|---|---|")
for case, name, theirs, same in PAIRS:
    us, them = times[case]
    if not us:
        continue
    apart = ""
    if same == PIXELS:
        file = f"{folder}/out.png"
        ours[name].run(case, file)
        found = cv2.imread(file, cv2.IMREAD_GRAYSCALE)
        apart = f"{100 * np.mean(found == theirs(pictures[name])):.4f} % equal"
    elif same:
        file = f"{folder}/out.png"
        ours[name].run(case, file)
        # The border is left out: the two mirror it differently in places.
        difference = np.abs(cv2.imread(file).astype(int) - theirs(pictures[name]).astype(int))[64:-64, 64:-64]
        apart = f"{difference.mean():.3f}, {np.percentile(difference, 99.9):.0f}"
    ratio = statistics.median(b / a for a, b in zip(us, them))
    print(f"| {case:<28} | {statistics.median(us):.0f} | {statistics.median(them):.0f} | {ratio:.2f} | {apart} |")
