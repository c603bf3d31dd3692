"""From records to numbers: a measure is a cited formula, written once in Ibis for every engine."""
