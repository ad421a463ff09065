namespace Lading.Cli.Output.Page;

/// <summary>
/// Markup of a page. External texts can only be added with <see cref="Of"/>, which encodes what is inserted into a
/// literal.
/// </summary>
internal readonly record struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static Html Empty => default;

    /// <summary>Creates markup from a literal, encoding inserted texts; inserted markup is not changed.</summary>
    public static Html Of(HtmlInterpolation content) => new(content.ToString());

    /// <summary>Creates markup from code of this program, such as a style sheet, without encoding it.</summary>
    public static Html OfProgram(string code) => new(code);

    public override string ToString() => markup ?? "";
}
