"""What every table of study.toml is: frozen, and without a key that nobody knows."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A table of study.toml; the texts below its fields are the reference page."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )
