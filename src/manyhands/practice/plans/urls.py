"""The addresses of plans."""

from django.urls import path

from .views import goals, measuring, messages, tasks

app_name = "plans"
urlpatterns = [
    path("", goals.plans, name="plans"),
    path("tasks/", tasks.task_list, name="tasks"),
    path("goals/<int:shared_goal_id>/", goals.goal_page, name="goal"),
    path("goals/<int:shared_goal_id>/stand/", goals.stand, name="stand"),
    path("goals/<int:shared_goal_id>/finish/", goals.finish, name="finish"),
    path("goals/<int:shared_goal_id>/objectives/new/", measuring.new_objective, name="new_objective"),
    path("goals/<int:shared_goal_id>/tasks/new/", tasks.add_task, name="add_task"),
    path("goals/<int:shared_goal_id>/messages/", messages.messages, name="messages"),
    path("objectives/<int:objective_id>/", measuring.objective_page, name="objective"),
    path("objectives/<int:objective_id>/change/", measuring.change_objective, name="change_objective"),
    path("objectives/<int:objective_id>/measure/", measuring.measure, name="measure"),
    path("objectives/<int:objective_id>/measurements.csv", measuring.measurements_csv, name="measurements_csv"),
    path("measurements/<int:measurement_id>/correct/", measuring.correct, name="correct"),
    path("tasks/<int:task_id>/", tasks.task_page, name="task"),
    path("tasks/<int:task_id>/change/", tasks.change_task, name="change_task"),
    path("tasks/<int:task_id>/offer/", tasks.offer, name="offer"),
    path("tasks/<int:task_id>/take-on/", tasks.take_on, name="take_on"),
    path("tasks/<int:task_id>/step/", tasks.step, name="step"),
    path("offers/<int:assignment_id>/answer/", tasks.answer, name="answer"),
]
