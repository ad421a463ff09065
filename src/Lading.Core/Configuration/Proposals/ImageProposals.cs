using Lading.Context.Dockerfiles;

namespace Lading.Configuration.Proposals;

/// <summary>The images that could be built from a repository's Dockerfiles.</summary>
/// <param name="Images">In the order of their names.</param>
/// <param name="Unread">Files that are named like a Dockerfile but could not be read as one.</param>
internal sealed record ImageProposals(IReadOnlyList<ProposedImage> Images, IReadOnlyList<UnreadDockerfile> Unread)
{
    /// <summary>Folders whose Dockerfiles are third-party, or not meant to run.</summary>
    private static readonly string[] ExcludedFolders = ["node_modules", "cdk.out", "vendor", "testdata"];

    /// <param name="files">The repository's files.</param>
    /// <param name="read">Returns the bytes of one of them.</param>
    /// <param name="project">The name for a Dockerfile at the top.</param>
    public static ImageProposals From(TrackedFiles files, Func<string, byte[]> read, string project)
    {
        var found = new List<(string Path, Dockerfile Dockerfile)>();
        var unread = new List<UnreadDockerfile>();
        foreach (var path in files.Files.Where(IsDockerfile))
        {
            try
            {
                found.Add((path, DockerfileReader.Parse(read(path))));
            }
            catch (FormatException e)
            {
                unread.Add(new UnreadDockerfile(path, e.Message));
            }
            catch (LadingException e)
            {
                unread.Add(new UnreadDockerfile(path, e.CameBack));
            }
        }

        var declared = DeclaredBuilds.Find(files, read);
        var names = ProposedNames.For([.. found.Select(one => one.Path)], project);
        var images = found.Zip(
            names,
            (one, name) =>
                Propose(
                    name,
                    one.Path,
                    one.Dockerfile,
                    [.. declared.Where(build => build.Dockerfile == one.Path)],
                    ContextGuess.Of(one.Path, one.Dockerfile, files, read)
                )
        );
        return new ImageProposals([.. images.OrderBy(image => image.Name, StringComparer.Ordinal)], unread);
    }

    private static ProposedImage Propose(
        string name,
        string path,
        Dockerfile dockerfile,
        IReadOnlyList<DeclaredBuild> builds,
        ContextGuess guess
    )
    {
        var declared = builds.Count > 0 ? builds[0] : null;
        var stages = dockerfile.Stages.Select(stage => stage.Name).OfType<string>().ToList();
        // If builds of one Dockerfile have different targets, its authors must choose which of them are images.
        var targets = builds
            .Where(build => !build.IsForTrying)
            .Select(build => build.Target)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new ProposedImage(name, path, declared?.Context ?? guess.Folder, stages)
        {
            Target =
                targets is [{ } target] && stages.Contains(target, StringComparer.OrdinalIgnoreCase) ? target : null,
            ContextSource = declared?.Source,
            IsGuessed = declared is null && !guess.IsSure,
            Contexts = declared?.Contexts ?? new SortedDictionary<string, string>(StringComparer.Ordinal),
        };
    }

    /// <summary><c>Dockerfile</c>, <c>api.Dockerfile</c> or <c>Dockerfile.api</c>, outside hidden and third-party folders.</summary>
    private static bool IsDockerfile(string path)
    {
        var name = TrackedFiles.NameOf(path);
        return (
                name == "Dockerfile"
                || name.EndsWith(".Dockerfile", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("Dockerfile.", StringComparison.Ordinal)
            )
            && !name.EndsWith(".dockerignore", StringComparison.Ordinal)
            && !path.Split('/')
                .SkipLast(1)
                .Any(folder => folder.StartsWith('.') || ExcludedFolders.Contains(folder, StringComparer.Ordinal));
    }
}

/// <summary>An image that could be built from a Dockerfile.</summary>
/// <param name="Name">Its name in <c>lading.json</c>.</param>
/// <param name="Dockerfile">From the top of the repository.</param>
/// <param name="Context">The folder of its build context, from the top of the repository; empty for the top.</param>
/// <param name="Targets">The names of its stages.</param>
internal sealed record ProposedImage(string Name, string Dockerfile, string Context, IReadOnlyList<string> Targets)
{
    /// <summary>
    /// The target that all files except compose files agree on; null for the last stage, or if they differ.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>The file that defines the context; null if there is none.</summary>
    public string? ContextSource { get; init; }

    /// <summary>True if the context is only a guess.</summary>
    public bool IsGuessed { get; init; }

    /// <summary>Named build contexts that are folders, from the top of the repository, by name.</summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A file with the name of a Dockerfile that could not be parsed.</summary>
/// <param name="Path">From the top of the repository.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record UnreadDockerfile(string Path, string Problem);
