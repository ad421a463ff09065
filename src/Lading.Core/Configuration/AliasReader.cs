using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>Reads an entry of <c>aliases</c>: text that becomes a tag once its placeholders are replaced.</summary>
internal static class AliasReader
{
    /// <summary>The prefixes of Lading's own tags and of signatures.</summary>
    private static readonly string[] Reserved = ["src-", "git-", "sha256-", "lading-"];

    public static string Read(Field field)
    {
        var alias = field.Text();
        if (alias.Length == 0)
        {
            return alias;
        }

        var tag = alias
            .Replace("{branch}", "b", StringComparison.Ordinal)
            .Replace("{commit}", new string('0', 40), StringComparison.Ordinal);
        if (tag.AsSpan().ContainsAny('{', '}'))
        {
            field.RejectText("The placeholders are {branch} and {commit}, the full commit hash.");
        }
        else if (!Tag.TryParse(tag, out _))
        {
            field.RejectText(
                "A tag has at most 128 letters, digits, '_', '.', '-', and does not begin with '.' or '-'."
            );
        }
        else if (Array.Find(Reserved, prefix => alias.StartsWith(prefix, StringComparison.Ordinal)) is { } reserved)
        {
            field.RejectText($"Tags that begin with {reserved} are reserved: choose another prefix.");
        }

        return alias;
    }
}
