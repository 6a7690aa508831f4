"""What the server answers when an editor asks about a place of a document."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from wizard.editor.completing import Offer, offers_at
from wizard.editor.folders import file_of
from wizard.editor.marks import fixes, marks
from wizard.editor.names import Found
from wizard.editor.outline import Entry, outline
from wizard.editor.places import Place, lines_of, words_of
from wizard.editor.renames import Edit, Renames, refusal, renames
from wizard.editor.server import Page, Server
from wizard.editor.telling import told_at
from wizard.exits import WrongUsageError

_REFUSED: Final = types.LSPErrorCodes.RequestFailed.value
_OFFERED: Final = {
    True: types.CompletionItemKind.Property,
    False: types.CompletionItemKind.EnumMember,
}


def _found(server: Server, page: Page, at: types.Position) -> Found | None:
    position = server.position_in(page.text, page.name, at)
    return page.view.names.at(page.text, position)


# --- findings --------------------------------------------------------------------------------


def _code_actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    page = server.page(params.text_document.uri)
    if page is None:
        return []
    lines = params.range.start.line + 1, params.range.end.line + 1
    return [
        types.CodeAction(
            title=f"Change to {mark.fix}",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[server.diagnostic(page.text, mark)],
            is_preferred=True,
            edit=types.WorkspaceEdit(
                changes={
                    page.uri: [
                        types.TextEdit(server.range_in(page.text, mark.place), mark.fix or "")
                    ]
                }
            ),
        )
        for mark in fixes(marks(page.view).get(page.name, ()), *lines)
    ]


# --- names -----------------------------------------------------------------------------------


def _definition(server: Server, params: types.DefinitionParams) -> list[types.Location]:
    page = server.page(params.text_document.uri)
    found = None if page is None else _found(server, page, params.position)
    if page is None or found is None:
        return []
    places = page.view.names.defined(found.thing)
    return [server.location(page.view, place) for place in places]


def _references(server: Server, params: types.ReferenceParams) -> list[types.Location]:
    page = server.page(params.text_document.uri)
    found = None if page is None else _found(server, page, params.position)
    if page is None or found is None:
        return []
    names = page.view.names
    defined = names.defined(found.thing) if params.context.include_declaration else []
    return [server.location(page.view, each) for each in (*defined, *names.named(found.thing))]


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    page = server.page(params.text_document.uri)
    if page is None:
        return None
    position = server.position_in(page.text, page.name, params.position)
    told = told_at(page.view, page.text, position)
    if told is None:
        return None
    # Text of files is never markup.
    content = types.MarkupContent(types.MarkupKind.PlainText, told.text)
    return types.Hover(content, server.range_in(page.text, told.place))


# --- renaming --------------------------------------------------------------------------------


def _may_be_renamed(
    server: Server, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder:
    page = _page(server, params.text_document.uri)
    found = _found(server, page, params.position)
    if why := refusal(page.view, found):
        raise JsonRpcException(why, _REFUSED)
    if found is None:
        raise JsonRpcException("there is no id here", _REFUSED)
    return types.PrepareRenamePlaceholder(
        server.range_in(page.text, found.place), words_of(page.text, found.place)
    )


def _rename(server: Server, params: types.RenameParams) -> types.WorkspaceEdit:
    page = _page(server, params.text_document.uri)
    found = _found(server, page, params.position)
    try:
        done = renames(page.view, found, params.new_name)
    except WrongUsageError as error:
        raise JsonRpcException(error.message, _REFUSED) from None
    return _edit(server, page, done)


def _page(server: Server, uri: str) -> Page:
    page = server.page(uri)
    if page is None:
        raise JsonRpcException("this file is not one of a pathway", _REFUSED)
    return page


def _edit(server: Server, page: Page, done: Renames) -> types.WorkspaceEdit:
    """The changes as the editor takes them: texts first, then names of files."""
    workspace = server.client_capabilities.workspace
    able = workspace.workspace_edit if workspace else None
    folder = page.view.folder
    uris = {name: server.uri_of(file_of(folder, name)) for name in done.edits}
    texts = {name: _text_edits(page.view.texts[name], each) for name, each in done.edits.items()}
    if not done.moved and not (able and able.document_changes):
        return types.WorkspaceEdit(changes={uris[name]: each for name, each in texts.items()})
    operations = (able.resource_operations if able else None) or ()
    if done.moved and types.ResourceOperationKind.Rename not in operations:
        raise JsonRpcException(
            "this editor cannot rename the file that goes with it; `mdt-wizard rename` can",
            _REFUSED,
        )
    changes: list[Any] = [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(
                uris[name], server.version_of(uris[name])
            ),
            each,
        )
        for name, each in texts.items()
    ]
    changes += [
        types.RenameFile(server.uri_of(folder / old), (folder / new).as_uri())
        for old, new in done.moved.items()
    ]
    return types.WorkspaceEdit(document_changes=changes)


def _text_edits(text: str, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Whole lines of a text, whose ends stay as they are."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = lines_of(text)
    found = []
    for edit in edits:
        start, behind = types.Position(edit.first, 0), types.Position(edit.behind, 0)
        new = "".join(f"{line}{end}" for line in edit.lines)
        if edit.behind == len(lines):  # the last line, which no line end follows
            behind = types.Position(edit.behind - 1, 2**31 - 1)
            new = new.removesuffix(end)
        found.append(types.TextEdit(types.Range(start, behind), new))
    return found


# --- completion and outline ------------------------------------------------------------------


def _completion(server: Server, params: types.CompletionParams) -> types.CompletionList:
    page = server.page(params.text_document.uri, at_once=True)
    if page is None:
        return types.CompletionList(is_incomplete=False, items=[])
    position = server.position_in(page.text, page.name, params.position)
    offers = offers_at(page.view, page.text, position)
    where = server.range_in(page.text, offers.place)
    items = [_item(number, each, where) for number, each in enumerate(offers.offers)]
    return types.CompletionList(is_incomplete=False, items=items)


def _item(number: int, offer: Offer, where: types.Range) -> types.CompletionItem:
    """An offer in its own order: that of the pathway."""
    return types.CompletionItem(
        label=offer.word,
        kind=_OFFERED[offer.is_key],
        documentation=offer.means or None,
        sort_text=f"{number:05}",
        text_edit=types.TextEdit(where, f"{offer.word}: " if offer.is_key else offer.word),
    )


def _symbols(server: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    page = server.page(params.text_document.uri)
    if page is None:
        return []
    root = page.view.nodes.get(page.name)
    return [_symbol(server, page.text, entry) for entry in outline(root, page.text)]


def _symbol(server: Server, text: str, entry: Entry) -> types.DocumentSymbol:
    word = server.range_in(text, entry.place)
    lines = lines_of(text)
    last = min(entry.last_line, len(lines))
    end = server.range_in(text, Place(entry.place.file, last, len(lines[last - 1]) + 1, 0)).end
    return types.DocumentSymbol(
        name=entry.name or "?",
        detail=entry.says,
        kind=types.SymbolKind.Struct if entry.inside else types.SymbolKind.Field,
        range=types.Range(word.start, max(end, word.end)),
        selection_range=word,
        children=[_symbol(server, text, each) for each in entry.inside],
    )


REQUESTS: Final[tuple[tuple[str, Callable[..., Any], Any], ...]] = (
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        _code_actions,
        types.CodeActionOptions([types.CodeActionKind.QuickFix]),
    ),
    (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, _references, None),
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _may_be_renamed, None),
    (types.TEXT_DOCUMENT_RENAME, _rename, types.RenameOptions(prepare_provider=True)),
    (
        types.TEXT_DOCUMENT_COMPLETION,
        _completion,
        types.CompletionOptions(trigger_characters=[" ", "[", "{", ",", "-"]),
    ),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols, None),
)
