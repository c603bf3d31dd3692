"""From published lists to the register: one module a country or list, recognised by content."""

from torg.register.importers.assembling import is_stand_in
from torg.register.importers.importing import Imported, ImportedFile, import_register

__all__ = ["Imported", "ImportedFile", "import_register", "is_stand_in"]
