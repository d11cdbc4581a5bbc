"""Rows that are only ever added: history is never lost."""

from typing import Any, NoReturn

from django.db import models


class NeverChanged(TypeError):
    """Somebody tried to change or delete a row of history: a fault in the program."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A set of rows that may be read and added, nothing else."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse."""
        raise NeverChanged(f"{self.model.__name__} rows are never updated")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise NeverChanged(f"{self.model.__name__} rows are never deleted")


class AppendOnly(models.Model):
    """A table of history; the database refuses changes too (migration 0002)."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one that is there."""
        if not self._state.adding:
            raise NeverChanged(f"{type(self).__name__} rows are never updated")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise NeverChanged(f"{type(self).__name__} rows are never deleted")
