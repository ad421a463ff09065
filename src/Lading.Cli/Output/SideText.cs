using Lading.Explaining;

namespace Lading.Cli.Output;

/// <summary>The name of one side of an explanation.</summary>
internal static class SideText
{
    /// <summary>The name in text: <c>prod, 4e1c0d2</c>.</summary>
    public static string Of(ExplainedImage side)
    {
        var commit = side.Inputs.Commit is { } known ? ShortCommit.Of(known.ToString()) : null;
        var parts = new[] { side.Where, commit ?? (side.IsFromRegistry ? "from an uncommitted tree" : null) };
        var text = string.Join(", ", parts.OfType<string>());
        return text.Length > 0 ? text : "the working tree";
    }
}
