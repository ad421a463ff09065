using System.Text;
using Lading.Context;
using Lading.Context.Dockerfiles;

namespace Lading.Configuration.Proposals;

/// <summary>The likeliest build context of a Dockerfile, judging by what it copies and what its ignore file includes.</summary>
/// <param name="Folder">From the top of the repository; empty for the top.</param>
/// <param name="IsSure">
/// True if the Dockerfile names files and the folder has them all, or if the Dockerfile is at the top of the
/// repository.
/// </param>
internal sealed record ContextGuess(string Folder, bool IsSure)
{
    /// <summary>
    /// The nearest folder, from the Dockerfile's own upwards, that has everything it copies and everything its ignore file re-includes;
    /// if no folder has everything, the nearest with the most.
    /// </summary>
    public static ContextGuess Of(string path, Dockerfile dockerfile, TrackedFiles files, Func<string, byte[]> read)
    {
        var sources = dockerfile
            .Stages.SelectMany(stage => stage.Instructions)
            .SelectMany(SourcesOf)
            .Distinct()
            .ToList();
        var named = sources.Count(source => CleanPath.Of("/" + source) != "/");
        var own = TrackedFiles.FolderOf(path);
        var (best, most) = (own, -1);
        for (var folder = own; ; folder = TrackedFiles.FolderOf(folder))
        {
            var exceptions = ExceptionsOf(path, folder, files, read);
            var found =
                sources.Count(source => files.Has(folder, source))
                + exceptions.Count(pattern => files.Has(folder, pattern));
            if (found > most)
            {
                (best, most) = (folder, found);
            }

            if (folder.Length == 0)
            {
                var isWhole = named > 0 && most >= sources.Count;
                return new ContextGuess(best, own.Length == 0 || isWhole);
            }
        }
    }

    /// <summary>The exceptions in the ignore file for a build in a folder: <c>!packages/shared</c>.</summary>
    private static List<string> ExceptionsOf(string path, string folder, TrackedFiles files, Func<string, byte[]> read)
    {
        var file = new[]
        {
            path + ".dockerignore",
            folder.Length == 0 ? ".dockerignore" : folder + "/.dockerignore",
        }.FirstOrDefault(each => files.Has("", each));
        try
        {
            return file is null
                ? []
                :
                [
                    .. Encoding
                        .UTF8.GetString(read(file))
                        .Split('\n')
                        .Select(line => line.Trim())
                        .Where(line => line.Length > 1 && line[0] == '!')
                        .Select(line => line[1..].Trim()),
                ];
        }
        catch (LadingException)
        {
            return [];
        }
    }

    /// <summary>The files of the context that an instruction names literally.</summary>
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
