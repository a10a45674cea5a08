"""Who agreed, disagreed or passed on which statement, and how to read that from a file."""

from manyhands.analysis.responses.files import read_responses
from manyhands.analysis.responses.log import AnswerLog, Change
from manyhands.analysis.responses.matrix import AGREE, DISAGREE, PASS, Responses
from manyhands.analysis.tables import BadInput

__all__ = ["AGREE", "DISAGREE", "PASS", "AnswerLog", "BadInput", "Change", "Responses", "read_responses"]
