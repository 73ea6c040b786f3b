"""Questions to the experts, experts, and their desks."""

from django.urls import URLPattern, path

from oportuno.offer.experts.views import answers, asking, experts, market, own, questions

app_name = "experts"
DESK = "desk/<slug:organisation>/"
REVIEWS = f"{DESK}revision-de-expertos/"

urlpatterns: list[URLPattern] = [
    path("preguntas/", questions.questions, name="list"),
    path("preguntas/nueva/", asking.asking, name="asking"),
    path("preguntas/gracias/", asking.asked, name="asked"),
    path("preguntas/parecidas/", asking.similar, name="similar"),
    path("preguntas/mia/<str:token>/", asking.own_question, name="own_question"),
    path("preguntas/mia/<str:token>/solucion/", asking.solution, name="solution"),
    path("preguntas/mia/<str:token>/retiro/", asking.withdrawal, name="withdrawal"),
    path("preguntas/<slug:slug>/", questions.question, name="question"),
    path("preguntas/<slug:slug>/seguimiento/", questions.following, name="following"),
    path("preguntas/<slug:slug>/respuestas/<uuid:answer>/utilidad/", questions.vote, name="vote"),
    path("expertos/", experts.experts, name="experts"),
    path("expertos/<slug:seller>/<slug:expert>/", experts.expert, name="expert"),
    path(f"{DESK}expertos/", own.experts, name="own_experts"),
    path(f"{DESK}expertos/nuevo/", own.new_expert, name="new_expert"),
    path(f"{DESK}expertos/<uuid:expert>/", own.expert, name="own_expert"),
    path(f"{DESK}expertos/<uuid:expert>/estado/", own.state, name="expert_state"),
    path(f"{DESK}expertos/<uuid:expert>/fuentes/", own.points, name="points"),
    path(f"{DESK}expertos/fuentes/<uuid:point>/", own.point, name="point"),
    path(f"{DESK}expertos/fuentes/<uuid:point>/retiro/", own.point_removal, name="point_removal"),
    path(f"{DESK}preguntas-del-mercado/", answers.open_questions, name="open_questions"),
    path(f"{DESK}preguntas-del-mercado/<slug:slug>/respuesta/", answers.beginning, name="answer_beginning"),
    path(f"{DESK}preguntas-del-mercado/respuestas/", answers.answers, name="answers"),
    path(f"{DESK}preguntas-del-mercado/respuestas/<uuid:answer>/", answers.answer, name="answer"),
    path(f"{DESK}preguntas-del-mercado/respuestas/<uuid:answer>/borrador/", answers.draft, name="answer_draft"),
    path(f"{DESK}preguntas-del-mercado/respuestas/<uuid:answer>/retiro/", answers.hiding, name="answer_hiding"),
    path(f"{DESK}preguntas-publicas/", market.questions, name="questions"),
    path(f"{DESK}preguntas-publicas/<uuid:question>/", market.question, name="question_to_decide"),
    path(f"{DESK}preguntas-publicas/<uuid:question>/texto/", market.edition, name="question_edition"),
    path(f"{DESK}preguntas-publicas/<uuid:question>/decision/", market.decision, name="question_decision"),
    path(REVIEWS, market.reviews, name="reviews"),
    path(f"{REVIEWS}regla/", market.review_way, name="review_way"),
    path(f"{REVIEWS}respuestas/<uuid:answer>/", market.answer_review, name="answer_review"),
    path(f"{REVIEWS}respuestas/<uuid:answer>/decision/", market.answer_decision, name="answer_decision"),
    path(f"{REVIEWS}expertos/<uuid:expert>/", market.expert_review, name="expert_review"),
    path(f"{REVIEWS}expertos/<uuid:expert>/decision/", market.expert_decision, name="expert_decision"),
    path(f"{REVIEWS}fuentes/<uuid:point>/decision/", market.point_decision, name="point_decision"),
]
