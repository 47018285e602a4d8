"""What to remember of the lesson, each sentence with the page on which it was seen."""

from components.learn import Lesson
from components.learn.takeaways import takeaways

page = Lesson("takeaways")
takeaways()
page.end()
