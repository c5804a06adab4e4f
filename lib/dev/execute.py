"""Executes one notebook with the Deno kernel, as JupyterLab's Run All Cells does.

    python execute.py NOTEBOOK RESULT FOLDER SECONDS

FOLDER is where the kernel works; a cell may take SECONDS. A cell that throws ends it with exit code 1 and says
which one it was; RESULT holds the executed notebook either way.
"""

import sys
from pathlib import Path
from queue import Empty

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async

# The Deno kernel reports a cell done before the last of what it printed has left its pipe.
LATE_SECONDS = 0.15


class Client(NotebookClient):
    """A client that takes what a cell prints late, as JupyterLab does."""

    async def async_execute_cell(self, cell, cell_index, *args, **kwargs):
        executed = await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        while cell.cell_type == "code":
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=LATE_SECONDS))
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                continue
            except Empty:
                break
        return executed


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

    client = Client(
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
