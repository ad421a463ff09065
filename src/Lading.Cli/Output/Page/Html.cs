namespace Lading.Cli.Output.Page;

/// <summary>Markup of a page. It can only be created with <see cref="Of"/>, which encodes what is inserted into a literal.</summary>
internal readonly record struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static Html Empty => default;

    /// <summary>The literal as written, with inserted texts and numbers encoded, and inserted markup as it is.</summary>
    public static Html Of(HtmlInterpolation content) => new(content.ToString());

    /// <summary>A style sheet or a script of this program, as it is.</summary>
    public static Html OfProgram(string code) => new(code);

    public override string ToString() => markup ?? "";
}
