namespace Lading.Cli.Output.Page;

/// <summary>
/// The frame of every page. It makes no network requests: its style and its script are embedded, and its policy allows nothing else.
/// </summary>
/// <param name="title">The title of the window.</param>
internal sealed class PageShell(string title)
{
    /// <summary>The part above the content.</summary>
    public required Html Header { get; init; }

    public required Html Main { get; init; }

    /// <summary>The command that wrote the page.</summary>
    public required Html Footer { get; init; }

    /// <summary>The resource name of the page's script; null for none.</summary>
    public string? Script { get; init; }

    public override string ToString()
    {
        var style = PageResource.Read("status.css");
        var script = Script is null ? null : PageResource.Read(Script);
        var scripts = script is null ? "" : $"script-src '{PageResource.HashOf(script)}'; ";
        var policy =
            $"default-src 'none'; style-src '{PageResource.HashOf(style)}'; {scripts}base-uri 'none'; form-action 'none'";
        return Html.Of(
                $"""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="{Html.OfProgram(policy)}">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <title>{title}</title>
                <style>{Html.OfProgram(style)}</style>
                </head>
                <body>
                <a class="skip" href="#main">Skip to the content</a>
                <header>
                {Header}
                </header>
                <main id="main">
                {Main}</main>
                <footer><p>{Footer}</p></footer>
                {(script is null ? Html.Empty : Html.Of($"<script>{Html.OfProgram(script)}</script>\n"))}</body>
                </html>

                """
            )
            .ToString();
    }
}
