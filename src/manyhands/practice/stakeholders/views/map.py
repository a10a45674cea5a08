"""The ally map: the chart, the chosen ally beside it, and the list of all below."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.access.written import RowsForActor
from manyhands.foundation.ui.lists import ListPage

from .. import actions, chart, policies, queries, support
from ..forms import RatingForm
from ..models import STAGES, WEDGES, Rating, Stakeholder
from ..rules import folded
from ..ties import queries as ties
from ..ties.forms import SaveViewForm
from ..ties.saving import saved_views

NOBODY = "nobody"
UNKNOWN = "unknown"
#: Columns of the list as a file: its titles and how to read them.
EXPORT = ("kind", "name", "also_known_as", "identifier", "sector", "street", "postal_code", "city", "region", "country")
EXPORT_MORE = ("website", "about", "tags", "stance", "stance_source", "stance_on", "stage", "source")
PRIVATE = ("email", "phone", "note")


class AllyList(ListPage):
    """The list of allies. It looks at one prepared column without accents, so what was typed loses its own."""

    @cached_property
    def all_rows(self) -> QuerySet[Stakeholder]:
        typed, self.q = self.q, folded(self.q)
        try:
            rows: QuerySet[Stakeholder] = ListPage.all_rows.func(self)
        finally:
            self.q = typed
        return rows


@require_GET
@allow(policies.see_allies)
def ally_map(request: HttpRequest, coalition: str) -> HttpResponse:
    return show(request)


@require_POST
@allow(policies.see_allies)
def rate_ally(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = get_object_or_404(queries.allies(), pk=stakeholder_id)
    form = RatingForm(request.POST)
    if form.is_valid():
        try:
            rating = actions.rate_ally(actor=request.actor, stakeholder=ally, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            undo = reverse("stakeholders:withdraw_rating", args=[coalition, rating.pk])
            done = _("Your rating of %(name)s is saved; members see it.") % {"name": ally.name}
            messages.success(request, done, extra_tags=f"undo:{undo}")
            return redirect(f"{reverse('stakeholders:allies', args=[coalition])}?{urlencode({'ally': ally.pk})}#actor")
    return show(request, chosen=ally, form=form, status=422)


@require_POST
@allow(policies.see_allies)
def withdraw_rating(request: HttpRequest, coalition: str, rating_id: int) -> HttpResponse:
    mine = Rating.objects.filter(rater_id=request.actor.seat_id).select_related("stakeholder")
    rating = get_object_or_404(mine, pk=rating_id)
    ally = actions.withdraw_rating(actor=request.actor, rating=rating)
    messages.success(request, _("Your rating is taken back."))
    return redirect(f"{reverse('stakeholders:allies', args=[coalition])}?{urlencode({'ally': ally.pk})}#actor")


_saved = RowsForActor(lambda actor, _moment: ties.saved_views(actor, "allies"))


def show(
    request: HttpRequest,
    chosen: Stakeholder | None = None,
    form: RatingForm | None = None,
    view_form: SaveViewForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The chart and the list as the address asks for them; with a form again if what it holds could not be saved."""
    overview = queries.overview()
    listed = _list(request, overview)
    if listed.wants_csv:
        return _csv(request, listed)
    points, saved = queries.on_the_map.rows(), _saved.rows(request.actor)
    ask_together(points, saved, *listed.questions)
    shown = list(points)
    chosen = chosen or _chosen(request, shown)
    chosen, ratings = queries.whole_with_ratings(chosen) if chosen else (None, [])
    plot = chart.draw(shown, chosen, ratings)
    context = {
        "overview": overview,
        "allies": listed,
        "views": tuple(
            (name, label, getattr(overview, _COUNTS[name])) for name, (label, _rows) in queries.views().items()
        ),
        "view": request.GET.get("view", ""),
        "plot": plot,
        "last_rated": max((place.ally.rated_at for place in plot.places if place.ally.rated_at), default=None),
        "wedges": (*WEDGES[1:], WEDGES[0]),
        "chosen": chosen,
        "ratings": ratings,
        "extremes": _extremes(ratings),
        "form": form or _rating_form(request, chosen, ratings),
        "support": _support(request, shown, chosen),
        **saved_views(request.actor, "allies", request.GET.dict(), view_form, saved),
        "may_rate": policies.rate_ally.holds(request.actor),
        "may_add": policies.add_ally.holds(request.actor),
        "may_import": policies.import_list.holds(request.actor),
    }
    return render(request, "stakeholders/ally_map.html", context, status=status)


def _support(request: HttpRequest, shown: list[Stakeholder], chosen: Stakeholder | None) -> support.SupportChart | None:
    """The view of support and power, with the one who decides if somebody was named; None for the usual chart."""
    if request.GET.get("chart") != "support":
        return None
    wanted, target = request.GET.get("target", ""), None
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        target = queries.allies().filter(pk=int(wanted), kind=Stakeholder.Kind.PERSON).first()
    return support.draw(shown, chosen, target)


_COUNTS = {"nobodys": "nobodys", "never": "never_asked", "disputed": "disputed", "sectorless": "no_sector"}


def _list(request: HttpRequest, overview: queries.Overview) -> ListPage:
    views = queries.views()
    view = request.GET.get("view", "")
    return AllyList(
        request,
        queries.allies().filter(views[view][1]) if view in views else queries.ally_list,
        search=["search_text"],
        filters={
            "sector": (_("Sector"), overview.sectors, "sector"),
            "stance": (
                _("Where they stand"),
                [(value or UNKNOWN, label) for value, label in WEDGES],
                lambda found, value: found.filter(stance="" if value == UNKNOWN else value),
            ),
            "stage": (_("How far we are"), STAGES, "stage"),
            "keeper": (
                _("Looked after by"),
                [(NOBODY, _("Nobody yet")), *overview.keepers],
                lambda found, value: found.filter(looked_after_by_id=None if value == NOBODY else value),
            ),
        },
        sorts={
            "weight": (_("Interest and influence"), ["-weight", "-pk"]),  # the newest first
            "name": (_("Ally"), "name"),
            "stance": (_("Where they stand"), ["stance", "name"]),
            "sector": (_("Sector"), ["sector", "name"]),
            "interest": (_("Interest"), ["-interest", "name"]),
            "influence": (_("Influence"), ["-influence", "name"]),
        },
        default_sort="weight",
        total=None if view in views else overview.total,
    )


def _csv(request: HttpRequest, listed: ListPage) -> HttpResponse:
    fields = [*EXPORT, *EXPORT_MORE]
    see_all = policies.see_private.holds(request.actor)
    named = {field.name: field.verbose_name for field in Stakeholder._meta.concrete_fields}
    titles = [named[name] for name in (*fields, *PRIVATE)]
    header = [*titles, _("Interest"), _("Influence"), _("raters"), _("Looked after by")]

    def row(ally: Stakeholder) -> list[object]:
        private = see_all or ally.kind == "organization" or policies.see_private.holds(request.actor, ally)
        hidden = [getattr(ally, name) if private else "" for name in PRIVATE]
        scores = [ally.interest, ally.influence] if ally.raters else ["", ""]
        keeper = ally.looked_after_by.name if ally.looked_after_by else ""
        return [*(getattr(ally, name) for name in fields), *hidden, *scores, ally.raters, keeper]

    return listed.csv_response(f"allies-{localdate().isoformat()}.csv", header, row)


def _chosen(request: HttpRequest, shown: list[Stakeholder]) -> Stakeholder | None:
    """The ally that was asked for; without a wish the strongest one that nobody looks after, or the strongest."""
    wanted = request.GET.get("ally", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        known = next((ally for ally in shown if ally.pk == int(wanted)), None)
        return known or get_object_or_404(queries.allies(), pk=int(wanted))
    by_weight = sorted(shown, key=lambda ally: -ally.weight)
    nobodys = (ally for ally in by_weight if ally.looked_after_by_id is None and ally.influence >= 3)
    return next(nobodys, by_weight[0] if by_weight else None)


def _rating_form(request: HttpRequest, chosen: Stakeholder | None, ratings: list[Rating]) -> RatingForm:
    """Filled with one's own rating, or the middle; a point that was dragged brings its new place along."""
    mine = next((rating for rating in ratings if rating.rater_id == request.actor.seat_id), None)
    initial: dict[str, object] = {"interest": 3, "influence": 3}
    if chosen is not None and chosen.raters:
        initial = {"interest": round(chosen.interest, 1), "influence": round(chosen.influence, 1)}
    if mine is not None:
        initial = {"interest": mine.interest, "influence": mine.influence, "basis": mine.basis}
    for name in ("interest", "influence"):
        try:
            moved = round(float(request.GET.get(name, "")), 1)
        except ValueError:
            continue
        if 1 <= moved <= 5:
            initial[name] = moved
    return RatingForm(initial=initial)


@dataclass(frozen=True)
class Extremes:
    """The two raters who see it most differently."""

    scale: str
    low: float
    low_rater: str
    low_basis: str
    high: float
    high_rater: str
    high_basis: str
    count: int


def _extremes(ratings: list[Rating]) -> Extremes | None:
    """Who sees it highest and who lowest, on the scale where raters differ most; None while they agree."""
    if len(ratings) < 2:
        return None
    gaps = {
        name: max(getattr(r, name) for r in ratings) - min(getattr(r, name) for r in ratings)
        for name in ("interest", "influence")
    }
    widest = max(gaps, key=lambda name: gaps[name])
    if gaps[widest] < 1:
        return None
    order = sorted(ratings, key=lambda rating: getattr(rating, widest))
    low, high = order[0], order[-1]
    return Extremes(
        scale=_("interest") if widest == "interest" else _("influence"),
        low=getattr(low, widest),
        low_rater=low.rater.name,
        low_basis=low.basis,
        high=getattr(high, widest),
        high_rater=high.rater.name,
        high_basis=high.basis,
        count=len(ratings),
    )
