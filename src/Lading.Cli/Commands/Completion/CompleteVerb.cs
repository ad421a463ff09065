using System.CommandLine;

namespace Lading.Cli.Commands.Completion;

/// <summary>
/// <c>lading complete -- WORD… =CURRENT</c>: called by the shells' completion scripts, and hidden in the help. It
/// writes a line for each candidate, with a tab and its meaning, and <c>:files</c> to let the shell complete paths. It
/// reads only files of the project and reports no errors, which would appear in the middle of the user's command line.
/// </summary>
internal static class CompleteVerb
{
    public const string Name = "complete";

    /// <summary>The line that lets the shell complete paths.</summary>
    public const string Files = ":files";

    /// <summary>Writes the candidates.</summary>
    /// <param name="host">The environment of the tool.</param>
    /// <param name="root">All verbs.</param>
    /// <param name="arguments">The words after the verb.</param>
    public static void Run(Host host, Command root, IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2 || arguments[0] != "--" || !arguments[^1].StartsWith('='))
        {
            return;
        }

        var line = CompletedLine.Of(root, [.. arguments.Skip(1).SkipLast(1)], arguments[^1][1..]);
        var folder = line.Folder is { } named ? Path.Combine(host.WorkingDirectory, named) : host.WorkingDirectory;
        foreach (var candidate in line.Candidates(new CandidateValues(new ProjectNames(folder))))
        {
            host.Out.Write(candidate.Text.Length == 0 ? "" : $"{candidate.Text}\t{candidate.Meaning}\n");
        }

        if (line.WantsFiles)
        {
            host.Out.Write($"{Files}\n");
        }
    }
}
