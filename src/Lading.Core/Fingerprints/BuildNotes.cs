using System.Text.RegularExpressions;
using Lading.Configuration;
using Lading.Context.Dockerfiles;

namespace Lading.Fingerprints;

/// <summary>Finds what is likely not meant: files that a Dockerfile reads and git does not track, arguments without a value, names that are no stage.</summary>
internal static partial class BuildNotes
{
    /// <summary>Finds notes about images that are built from Dockerfiles, in the order of the images and of their lines.</summary>
    /// <exception cref="LadingException">git fails.</exception>
    public static async Task<IReadOnlyList<BuildNote>> FindAsync(
        ProjectSnapshot sources,
        IEnumerable<ImageIdentity> images,
        CancellationToken cancellationToken
    )
    {
        var built = images.Where(image => image is { Inputs: BuiltInputs, Definition: BuiltImage }).ToList();
        var untracked = await UntrackedPaths
            .FindAsync(sources.Repository, built, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. built.SelectMany(image =>
                OfDockerfile(image)
                    .Concat(untracked.Where(note => note.Image == image.Name))
                    .OrderBy(note => note.Line ?? 0)
            ),
        ];
    }

    private static IEnumerable<BuildNote> OfDockerfile(ImageIdentity image)
    {
        var definition = (BuiltImage)image.Definition;
        foreach (var (name, value) in definition.Args.Where(pair => Placeholder().IsMatch(pair.Value)))
        {
            yield return new BuildNote(
                image.Name,
                null,
                null,
                $"args.{name} is \"{value}\" to the letter: nothing is put in place of variables in lading.json"
            );
        }

        var inputs = (BuiltInputs)image.Inputs;
        foreach (var doubt in inputs.Doubts)
        {
            yield return new BuildNote(image.Name, inputs.DockerfilePath, doubt.Line, TextOf(doubt, image.Name));
        }
    }

    private static string TextOf(DockerfileDoubt doubt, string image) =>
        doubt.Argument is { } argument
            ? $"FROM needs ARG {argument}, which has no value: set args.{argument} of image {image} in lading.json, or give it a default."
            : $"--from={doubt.From} is no stage: name its folder under contexts of image {image} in lading.json, or, where an image is meant, write its tag.";

    /// <summary>What other tools replace: <c>${COMMIT}</c>, <c>$(git rev-parse HEAD)</c>, <c>{commit}</c>.</summary>
    [GeneratedRegex(
        @"\$\{\w+\}|\$\([^)]*\)|\{(commit|branch)\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Placeholder();
}
