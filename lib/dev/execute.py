"""Executes one notebook with the Deno kernel, as JupyterLab's Run All Cells does.

    python execute.py NOTEBOOK RESULT FOLDER SECONDS

FOLDER is where the kernel works; a cell may take SECONDS. A cell that throws ends it with exit code 1 and says
which one it was; RESULT holds the executed notebook either way.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def main(source: str, result: str, folder: str, seconds: str) -> int:
    notebook = nbformat.read(source, as_version=4)
    numbers = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
            numbers[index] = len(numbers) + 1
    current = 0

    def started(cell, cell_index):
        nonlocal current
        current = numbers.get(cell_index, current)
        if cell_index in numbers:
            print(f"  cell {current} of {len(numbers)}", flush=True)

    client = NotebookClient(
        notebook,
        kernel_name="deno",
        timeout=float(seconds),
        startup_timeout=60,
        record_timing=False,
        resources={"metadata": {"path": folder}},
        on_cell_start=started,
    )
    failure = None
    try:
        client.execute()
    except CellExecutionError as error:
        failure = f"{error.ename}: {error.evalue}\n{error.traceback}"
    except CellTimeoutError:
        failure = f"it took longer than {seconds} s"
    except DeadKernelError:
        failure = "the kernel died"
    Path(result).write_text(nbformat.writes(notebook), encoding="utf-8")
    if failure is not None:
        print(f"cell {current} failed: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
