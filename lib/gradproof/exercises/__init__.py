"""Layer 4: exercises that answer back. `assignment("23")` opens one; masters hold the texts.

    masters       the exercises of a chapter, read from Markdown
    kinds         the judges, one for each kind of answer
    feedback      an answer -> a finding, with the hint that its mistake has earned
    work          what a student calls: check, hint, solution, progress
"""

from gradproof.exercises.work import Assignment, assignment

__all__ = ["Assignment", "assignment"]
