"""From records to numbers: a measure is a cited formula, written once in Ibis for every engine."""

from torg.measure.corrections import Correction, read_corrections
from torg.measure.count_model import count_variances, share_variances, smoothed_rates
from torg.measure.definition import DEFINITIONS, Definition
from torg.measure.engine import ENGINES
from torg.measure.moderation import half_variances, moderate
from torg.measure.observe import MEASURE_COLUMNS, WEEKLY_COLUMNS, Observed, observe
from torg.measure.reasons import REASONS
from torg.measure.reference import reference
from torg.measure.resampling import Resampled, WeeklySums, resample, weekly_sums
from torg.measure.serial import serial_factor
from torg.measure.weeks import WEEK_COLUMNS

__all__ = [
    "DEFINITIONS",
    "ENGINES",
    "MEASURE_COLUMNS",
    "REASONS",
    "WEEKLY_COLUMNS",
    "WEEK_COLUMNS",
    "Correction",
    "Definition",
    "Observed",
    "Resampled",
    "WeeklySums",
    "count_variances",
    "half_variances",
    "moderate",
    "observe",
    "read_corrections",
    "reference",
    "resample",
    "serial_factor",
    "share_variances",
    "smoothed_rates",
    "weekly_sums",
]
