using System.Text.RegularExpressions;
using Lading.Processes;

namespace Lading.Testing;

/// <summary>Watches a server's output for the line that says it is ready.</summary>
internal sealed class Announcement(Regex line)
{
    private readonly TaskCompletionSource<string> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputRecord words = new(next: null);

    /// <summary>The line's group <c>said</c>, once the line has appeared.</summary>
    public Task<string> Task => heard.Task;

    /// <summary>The whole output so far, indented.</summary>
    public string Words => words.AsBlock();

    public void Hear(string said)
    {
        words.Report(said);
        if (!heard.Task.IsCompleted && line.Match(said) is { Success: true } match)
        {
            heard.TrySetResult(match.Groups["said"].Value);
        }
    }
}
