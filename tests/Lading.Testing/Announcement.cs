using System.Text.RegularExpressions;
using Lading.Processes;

namespace Lading.Testing;

/// <summary>The line by which a server says that it is ready, among all that it says.</summary>
internal sealed class Announcement(Regex line)
{
    private readonly TaskCompletionSource<string> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputRecord words = new(next: null);

    /// <summary>The group <c>said</c> of the line, once it was heard.</summary>
    public Task<string> Task => heard.Task;

    /// <summary>All that was said so far, indented.</summary>
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
