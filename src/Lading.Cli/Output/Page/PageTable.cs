namespace Lading.Cli.Output.Page;

/// <summary>A section with a table, whose cells carry their column's title for phones, which show them one below the other.</summary>
/// <param name="id">The section's id in the page.</param>
/// <param name="title">Its heading.</param>
/// <param name="columns">The titles of the columns.</param>
/// <param name="rowHeader">The column that identifies a row.</param>
internal sealed class PageTable(string id, string title, IReadOnlyList<string> columns, int rowHeader)
{
    /// <summary>A text below the heading; empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>The section; empty if there are no rows.</summary>
    /// <param name="rows">Rows with as many cells as there are columns.</param>
    public Html Of(IReadOnlyList<IReadOnlyList<Html>> rows) =>
        rows.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <section id="{id}" aria-labelledby="{id}-title">
                <h2 id="{id}-title">{title}</h2>
                {(Note.Length > 0 ? Html.Of($"<p class=\"muted\">{Note}</p>\n") : Html.Empty)}<table role="table" aria-labelledby="{id}-title">
                <thead role="rowgroup"><tr role="row">{columns.Select(
                    column => Html.Of($"""<th scope="col" role="columnheader">{column}</th>""")
                )}</tr></thead>
                <tbody role="rowgroup">
                {rows.Select(RowOf)}</tbody>
                </table>
                </section>

                """
            );

    private Html RowOf(IReadOnlyList<Html> cells) =>
        Html.Of(
            $"""
            <tr role="row">{cells.Select(CellOf)}</tr>

            """
        );

    private Html CellOf(Html cell, int column) =>
        column == rowHeader
            ? Html.Of($"""<th scope="row" role="rowheader">{cell}</th>""")
            : Html.Of(
                $"""<td role="cell"><span class="label" aria-hidden="true">{columns[column]}</span>{cell}</td>"""
            );
}
