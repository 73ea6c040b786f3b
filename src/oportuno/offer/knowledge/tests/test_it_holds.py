"""What must hold at every moment, and is counted where it does not."""

from __future__ import annotations

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.models import Article, Draft, Turn
from oportuno.offer.knowledge.testing import approved_article, show_article
from oportuno.offer.media import api as media
from oportuno.offer.media.testing import forget_uses, put_uses_right
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("seller")
def test_what_nobody_approved_is_counted(alba: Actor, dario: Actor) -> None:
    article = approved_article(alba, dario)
    show_article(slug="del-mercado", seller=dario.member.organisation.slug, title={"es": "Del mercado"}, body={"es": "Hola."}, at=now())
    with for_market("a test counts"):
        assert api.shown_unread() == 0
        Turn.objects.filter(article=article, verb="approved").delete()
        assert api.shown_unread() == 1


@pytest.mark.usefixtures("seller")
def test_what_is_found_and_may_not_be_read_is_counted(alba: Actor, dario: Actor) -> None:
    article = approved_article(alba, dario)
    with for_market("a test counts"):
        assert api.found_unshown() == 0
        Article.objects.filter(pk=article.pk).update(published=False)
        assert api.found_unshown() == 1
    api.find_articles([article.pk])
    with for_market("a test counts"):
        assert api.found_unshown() == 0


def test_the_library_says_which_article_shows_a_picture(dario: Actor, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path
    with for_organisation(dario.member.organisation.pk):
        picture, other = (media.draw_pictures([media.Drawing("rose", "red", seed)], at=now())[0] for seed in (1, 2))
        article = api.begin_article(kind="article", title="Con foto", by=dario.member, at=now())
        api.keep_draft(article=article.pk, filing={"picture": picture.pk}, by=dario.member, at=now())
        used = api.where_pictured([picture.pk, other.pk], dario.member.organisation.slug)
    assert list(used) == [picture.pk]
    assert "Con foto" in used[picture.pk][0].label


def test_what_is_used_is_written_down_by_the_database_itself(dario: Actor, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path
    with for_organisation(dario.member.organisation.pk):
        first, second = (media.draw_pictures([media.Drawing("rose", "red", seed)], at=now())[0].pk for seed in (1, 2))
        article = api.begin_article(kind="article", title="Con foto", by=dario.member, at=now())
        Draft.objects.filter(article=article).update(filing={"picture": str(first)})  # however it was written
        assert list(api.where_pictured([first, second], "x")) == [first]
        Draft.objects.filter(article=article).update(filing={"picture": str(second)})
        assert list(api.where_pictured([first, second], "x")) == [second]
    with for_market("a test breaks what is written down, and mends it"):
        assert media.untold() == 0
        forget_uses()
        assert media.untold() == 1
        assert put_uses_right() == 1
        assert media.untold() == put_uses_right() == 0
    with for_organisation(dario.member.organisation.pk):
        assert list(api.where_pictured([second], "x")) == [second]
        Article.objects.filter(pk=article.pk).delete()
        assert api.where_pictured([second], "x") == {}
    with for_market("a test looks"):
        assert put_uses_right() == 0, "nothing is left behind"
