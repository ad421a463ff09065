using System.Text;

namespace Lading.Git;

/// <summary>Parses the message of a commit object.</summary>
internal static class CommitMessage
{
    /// <summary>The first line of the message; empty if there is none.</summary>
    public static string SubjectOf(ReadOnlySpan<byte> commit)
    {
        var body = commit.IndexOf("\n\n"u8);
        var message = body < 0 ? "" : Encoding.UTF8.GetString(commit[body..]).Trim();
        return message.Split('\n')[0].TrimEnd();
    }
}
