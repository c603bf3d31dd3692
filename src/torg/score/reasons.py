"""Why a criterion was dropped, and why a municipality is listed but not ranked."""

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "missing_for_all": "No municipality has a value.",
    "equal_for_all": "All values are the same, so nobody can be told apart.",
    "area_missing_for_most": "Fewer than half of the municipalities have a value in this area.",
    "few_posts": "Fewer posts in the window than the study asks for.",
    "few_weeks": "Observed in fewer weeks than the study asks for.",
    "no_criterion": "None of the study's criteria could be computed.",
    "lacks_dialogue": "Too few of the criteria of the area dialogue could be computed.",
    "lacks_reputation": "Too few of the criteria of the area reputation could be computed.",
    "lacks_crisis": "Too few of the criteria of crisis and preparedness could be computed.",
    "alone": "Nobody else could be ranked with it, and a place among one says nothing.",
    "no_figure": "The figure that this list is made of could not be computed.",
}
