"""Topics of elements: a list in six languages, given by the agenda, by words and by meaning."""

from mahdar.topics.assign import TopicGiven, by_meaning, topics_of_elements
from mahdar.topics.table import Topic, find_topic, topics

__all__ = ["Topic", "TopicGiven", "by_meaning", "find_topic", "topics", "topics_of_elements"]
