"""Whose file is read first: one municipality does not keep all others waiting."""

from tests.lib.rooms import SUNDBY, export, handed_in


def test_who_hands_in_many_is_read_in_turn_with_others(study):
    from django_tasks_db.models import DBTaskResult

    from torg.site.work.actions import ask_for

    mine = [handed_in(study, export(posts=number)).job for number in (1, 2, 3)]
    other = handed_in(study, export(posts=4), unit=SUNDBY).job
    release = ask_for("make a release", by="account 1").pk
    waiting = DBTaskResult.objects.ready().values_list("args_kwargs", flat=True)
    order = [arguments["args"][0] for arguments in waiting]
    assert order == [release, mine[0], other, mine[1], mine[2]]
