"""Where the records of a block end, worked out on one bit a byte.

The bits of a sign say at which bytes it stands. Sixty-four bytes are weighed at once, and whether a
byte lies between quotes is the parity of the quotes before it (Langdale and Lemire, 2019, "Parsing
gigabytes of JSON per second").
"""

import numpy as np
import numpy.typing as npt

Octets = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]  # the first byte is the lowest bit of the first word

_QUOTE, _NEWLINE, _RETURN = tuple(b'"\n\r')
_ONE, _LAST, _ALL = np.uint64(1), np.uint64(63), ~np.uint64(0)


def record_ends(octets: Octets, newlines: Places, *, delimiter: str) -> Places | None:
    """The newlines that end a record, or None where a quote stands in an odd place.

    Quotes are taken in pairs. If each first one follows a delimiter, a newline or a quote that it
    doubles, and each second one is followed by such, then pairing them is right, by induction from
    the block's first byte, which begins a record.
    """
    room = np.empty(len(octets), dtype=np.bool_)
    quotes = _bits(octets, _QUOTE, room)
    inside = _running_parity(quotes)
    if inside[-1] >> _LAST:
        return None
    edges = quotes.copy()
    for sign in (_NEWLINE, _RETURN, ord(delimiter)):
        edges |= _bits(octets, sign, room)
    opening, closing = quotes & inside, quotes & ~inside
    if (opening & ~_later(edges)).any() or (closing & ~_earlier(edges, len(octets))).any():
        return None
    ends: Places = newlines[~_has(inside, newlines)]
    return ends


def _bits(octets: Octets, sign: int, room: npt.NDArray[np.bool_]) -> Bits:
    """Where `sign` stands, and at least one bit more, which is none."""
    np.equal(octets, sign, out=room)
    words = np.zeros(len(octets) // 64 + 1, dtype=np.uint64)
    packed = np.packbits(room, bitorder="little")
    words.view(np.uint8)[: len(packed)] = packed
    return words


def _running_parity(bits: Bits) -> Bits:
    """For each bit whether it and all before it are an odd number."""
    parity = bits.copy()
    for step in (1, 2, 4, 8, 16, 32):
        parity ^= parity << np.uint64(step)
    odd = np.logical_xor.accumulate((parity >> _LAST).astype(np.bool_))
    parity[1:][odd[:-1]] ^= _ALL
    return parity


def _later(bits: Bits) -> Bits:
    """Each bit one byte on; the byte before the first counts as set."""
    moved = bits << _ONE
    moved[1:] |= bits[:-1] >> _LAST
    moved[0] |= _ONE
    return moved


def _earlier(bits: Bits, length: int) -> Bits:
    """Each bit one byte back; the byte after the last counts as set."""
    moved = bits >> _ONE
    moved[:-1] |= bits[1:] << _LAST
    if length:
        moved[(length - 1) // 64] |= _ONE << np.uint64((length - 1) % 64)
    return moved


def _has(bits: Bits, places: Places) -> npt.NDArray[np.bool_]:
    octets = bits.view(np.uint8)[places >> 3]
    found: npt.NDArray[np.bool_] = (octets >> (places & 7).astype(np.uint8) & 1) == 1
    return found
