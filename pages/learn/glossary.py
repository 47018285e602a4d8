"""The words of the lesson; every one can be linked to."""

from components.learn import Lesson
from components.learn.glossary import glossary

page = Lesson("glossary")
glossary()
page.end()
