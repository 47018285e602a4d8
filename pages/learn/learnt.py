"""What the learner predicted, how much of it came true, and what to look at again."""

from components.learn import Lesson
from components.learn.summary import summary

page = Lesson("learnt")
summary()
page.end()
