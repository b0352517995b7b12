"""Our embedder and retriever in a real LangChain chain."""

from __future__ import annotations

from langchain_core.documents import Document
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompt_values import PromptValue
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_core.vectorstores import InMemoryVectorStore

from assistant.ask import Assistant
from assistant.langchain import ReportEmbeddings, ReportRetriever
from assistant.links import resolve_link
from corpus.documents import Filters
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk
from tests.stand_ins import WordEmbedder

QUESTION = "Which regions do the measures target?"


def make_retriever(library: Library, desk: Desk, embedder: WordEmbedder, filters: Filters) -> ReportRetriever:
    return ReportRetriever(library=library, index=CurrentIndex(desk.home), embedder=embedder, filters=filters, count=3)


def test_a_chain_sees_our_passages(assistant: Assistant, library: Library, desk: Desk, embedder: WordEmbedder) -> None:
    seen: list[str] = []

    def keep(prompt: PromptValue) -> PromptValue:
        seen.append(prompt.to_string())
        return prompt

    def join(documents: list[Document]) -> str:
        return "\n".join(document.page_content for document in documents)

    chain = (
        {"context": make_retriever(library, desk, embedder, Filters()) | join, "question": RunnablePassthrough()}
        | ChatPromptTemplate.from_messages([("system", "Reports: {context}"), ("human", "{question}")])
        | RunnableLambda(keep)
        | FakeListChatModel(responses=["The Sahel."])
        | StrOutputParser()
    )
    assert chain.invoke(QUESTION) == "The Sahel."
    assert "the Sahel, the Horn of Africa" in seen[0]


def test_a_retrieved_passage_says_where_it_stands(
    assistant: Assistant, library: Library, desk: Desk, embedder: WordEmbedder
) -> None:
    first, *_ = make_retriever(library, desk, embedder, Filters(years=(2022, 2022))).invoke(QUESTION)
    assert (first.metadata["slug"], first.metadata["pages"]) == ("emn-flash-2022-2", [1])
    words = resolve_link(library, first.metadata["link"]).citation.quote
    assert words.split() == first.page_content.split()


def test_our_embeddings_fill_a_langchain_vector_store(embedder: WordEmbedder) -> None:
    store = InMemoryVectorStore(ReportEmbeddings(embedder))
    store.add_texts(["The reflection period lasts 30 days.", "Bread is baked."])
    (found,) = store.similarity_search("How long is the reflection period?", k=1)
    assert found.page_content == "The reflection period lasts 30 days."
