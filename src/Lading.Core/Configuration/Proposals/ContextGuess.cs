using Lading.Context.Dockerfiles;

namespace Lading.Configuration.Proposals;

/// <summary>Guesses the build context of a Dockerfile from what it copies.</summary>
internal static class ContextGuess
{
    /// <summary>
    /// The nearest folder, from the Dockerfile's own upwards, in which all that it copies is there; where it is nowhere whole,
    /// the nearest with the most of it.
    /// </summary>
    /// <returns>From the top of the repository; empty for the top.</returns>
    public static string Of(string path, Dockerfile dockerfile, TrackedFiles files)
    {
        var sources = dockerfile
            .Stages.SelectMany(stage => stage.Instructions)
            .SelectMany(SourcesOf)
            .Distinct()
            .ToList();
        var own = TrackedFiles.FolderOf(path);
        var (best, most) = (own, -1);
        for (var folder = own; ; folder = TrackedFiles.FolderOf(folder))
        {
            var found = sources.Count(source => files.Has(folder, source));
            if (found > most)
            {
                (best, most) = (folder, found);
            }

            if (folder.Length == 0)
            {
                return best;
            }
        }
    }

    /// <summary>The files of the context that an instruction names outright.</summary>
    private static IEnumerable<string> SourcesOf(Instruction instruction)
    {
        if (instruction.Keyword is not ("COPY" or "ADD") || instruction.FlagValues("from").Any())
        {
            return [];
        }

        var words = ExecForm.Find(instruction.Arguments) ?? ShellWords.Split(instruction.Arguments, '\\');
        return words
            .SkipLast(1)
            .Select(word => word.Trim('"', '\''))
            .Where(word =>
                !word.Contains('$', StringComparison.Ordinal)
                && !word.Contains("://", StringComparison.Ordinal)
                && !word.StartsWith("<<", StringComparison.Ordinal)
                && !word.StartsWith("git@", StringComparison.Ordinal)
            );
    }
}
