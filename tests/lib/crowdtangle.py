"""Files in CrowdTangle's last shape (40 columns), as long as wanted, written row by row.

Every value follows from the row's number, so a test can say what must come out.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

HEADER = (
    "Page Name,User Name,Facebook Id,Page Category,Page Admin Top Country,Page Description,"
    "Page Created,Likes at Posting,Followers at Posting,Post Created,Post Created Date,"
    "Post Created Time,Type,Total Interactions,Likes,Comments,Shares,Love,Wow,Haha,Sad,Angry,Care,"
    "Video Share Status,Is Video Owner?,Post Views,Total Views,Total Views For All Crossposts,"
    "Video Length,URL,Message,Link,Final Link,Image Text,Link Text,Description,Sponsor Id,"
    "Sponsor Name,Sponsor Category,Overperforming Score (weighted  —  Likes 1x Shares 1x "
    "Comments 1x Love 1x Wow 1x Haha 1x Sad 1x Angry 1x Care 1x )"
)
PAGES = 357
START = dt.datetime(2019, 1, 1, 8)  # noqa: DTZ001 - New York's clock, whose zone each row names
TYPES = ("Photo", "Link", "Native Video", "Status", "Live Video Complete")
KINDS = ("Likes", "Love", "Wow", "Haha", "Sad", "Angry", "Care")
MESSAGE = (
    'Åpningstidene endres i uke {week}, sa ordføreren: "Velkommen til torget"; '
    "les mer på våre sider, og følg med på kunngjøringer om vei, vann, skole og barnehage nr. {n}."
)


def page_id(row: int) -> int:
    """The page that a row belongs to."""
    return 100_000_000_000_000 + row % PAGES


def post_id(row: int) -> int:
    """The post that a row is about."""
    return 1_000_000_000_000_000 + row


def counts(row: int) -> dict[str, int]:
    """The reactions of each kind, comments, shares and views of a row."""
    kinds = {kind: (row * (place + 3)) % (400 // (place + 1)) for place, kind in enumerate(KINDS)}
    return {**kinds, "Comments": row % 53, "Shares": row % 19, "Post Views": row % 7_919}


def published(row: int) -> dt.datetime:
    """When the post of a row was published, in New York."""
    return START + dt.timedelta(seconds=37 * row % 94_608_000)


def line(row: int) -> str:
    """One row of the file, its end included."""
    got, when = counts(row), published(row)
    total = sum(got.values()) - got["Post Views"]
    zone = "EDT" if 3 < when.month < 11 else "EST"
    message = MESSAGE.format(week=row % 53, n=row) + ("\n\nHilsen kommunen" if row % 5 == 0 else "")
    page = row % PAGES
    return (
        f'"Kommune {page}",kommune{page},{page_id(row)},CITY_GOVERNMENT,NO,"Offisiell, {page}",'
        f"2011-03-0{1 + page % 9} 09:00:00,,{2_000 + page * 13},{when:%Y-%m-%d %H:%M:%S} {zone},"
        f'{when:%Y-%m-%d},{when:%H:%M:%S},{TYPES[row % len(TYPES)]},"{total:,}",{got["Likes"]},'
        f"{got['Comments']},{got['Shares']},{got['Love']},{got['Wow']},{got['Haha']},{got['Sad']},"
        f"{got['Angry']},{got['Care']},,-,{got['Post Views']},0,0,N/A,"
        f"https://www.facebook.com/{page_id(row)}/posts/{post_id(row)},"
        f'"{message.replace(chr(34), chr(34) * 2)}",'
        f'https://www.kommune{page}.example/nyheter/{row},,,"Nyheter fra kommune {page}",'
        f'"Kommunens nyheter, samlet",,,,"{(row % 90 - 45) / 10:.2f}"\n'
    )


def lines(rows: int) -> Iterator[str]:
    """The header and `rows` rows."""
    yield HEADER + "\n"
    yield from map(line, range(rows))


def write(path: Path, *, rows: int) -> Path:
    """Write a file of `rows` rows; its memory does not grow with them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines(rows))
    return path
