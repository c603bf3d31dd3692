"""What lies in the files of a folder, whatever they are packed with."""

import gzip
import json
import zlib

import pyarrow as pa
import pyarrow.parquet as pq


def everything_in(folder):
    """Every file as (path, all that can be made of it): raw, unpacked, as Parquet, as JSON."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            yield path, b"\n".join([raw, *unpacked(raw), *parquet(path, raw), *from_json(raw)])


def unpacked(raw):
    if raw[:2] == b"\x1f\x8b":
        yield gzip.decompress(raw)
    try:
        yield zlib.decompress(raw)
    except zlib.error:
        return


def parquet(path, raw):
    if raw[:4] != b"PAR1":
        return
    opened = pq.ParquetFile(path)
    yield repr(opened.read().to_pylist()).encode()
    yield repr(opened.metadata.to_dict()).encode()
    yield repr(opened.metadata.metadata).encode()
    # Uncompressed once more, so that dictionaries and statistics are seen as bytes.
    sink = pa.BufferOutputStream()
    pq.write_table(opened.read(), sink, compression="none", use_dictionary=False)
    yield sink.getvalue().to_pybytes()


def from_json(raw):
    for line in raw.splitlines():
        try:
            yield repr(json.loads(line)).encode()
        except ValueError:
            return


def holding(folder, word):
    """The files in which a word can be found, however it is packed."""
    return [path for path, content in everything_in(folder) if word.encode() in content]
