"""A growing set of int64 keys that takes eight bytes a key."""

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.int64]


class KeySet:
    """Sorted runs of keys; a run is merged into its neighbour once it has grown as long.

    Each key is merged about log2(n) times, and a look-up walks about log2(n) runs.
    """

    def __init__(self, keys: Keys | None = None) -> None:
        self._runs: list[Keys] = []
        if keys is not None:
            self.add(keys)

    def __len__(self) -> int:
        return sum(len(run) for run in self._runs)

    def to_numpy(self) -> Keys:
        """All of them, in no order."""
        return np.concatenate([np.empty(0, dtype=np.int64), *self._runs])

    def contains(self, keys: Keys) -> npt.NDArray[np.bool_]:
        """For each key whether it is here."""
        if not self._runs:
            return np.zeros(len(keys), dtype=np.bool_)
        order = np.argsort(keys)
        ascending = keys[order]
        found = np.zeros(len(keys), dtype=np.bool_)
        for run in self._runs:
            at = np.searchsorted(run, ascending)
            at[at == len(run)] = 0
            found |= run[at] == ascending
        answer = np.empty_like(found)
        answer[order] = found
        return answer

    def add(self, keys: Keys) -> None:
        """Take in keys that are not here yet, each once."""
        if len(keys) == 0:
            return
        run = np.sort(keys)
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        self._runs.append(run)
