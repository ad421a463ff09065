using System.Text;

namespace Lading.Git;

/// <summary>The tree of a commit: commits with equal trees have equal files.</summary>
internal static class CommitTree
{
    private const string Header = "tree ";

    /// <summary>Parses a commit's first line.</summary>
    /// <exception cref="FormatException">The object is not a commit.</exception>
    public static ObjectId Of(GitObject commit)
    {
        var end = Array.IndexOf(commit.Content, (byte)'\n');
        var line = end < 0 ? "" : Encoding.ASCII.GetString(commit.Content, 0, end);
        return line.StartsWith(Header, StringComparison.Ordinal)
            ? ObjectId.Parse(line[Header.Length..])
            : throw new FormatException($"{commit.Id} is not a commit.");
    }
}
